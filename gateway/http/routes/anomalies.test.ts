import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KpiReader } from '../../../kpi/query/reader.ts';
import { openDuckDbHistories } from '../../../store/duckdb/duckdb-store.ts';
import type { Histories } from '../../../store/history.ts';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { startHttp, startOfTest, viaRossini } from '../../../test/http/start.ts';
import { anomalySchema } from './anomalies.ts';

const hourMs = 3_600_000;
const from = startOfTest - 4 * hourMs;
const site = viaRossini();

let histories: Histories;
beforeAll(async () => {
  histories = await openDuckDbHistories({ path: ':memory:' });
  const place = { site: site.id, zone: 'teatro' };
  const column = (device: string, hours: readonly number[], own: Readonly<Record<string, number>>) => ({
    tags: { ...place, device },
    times: Float64Array.from(hours, (hour) => from + hour * hourMs),
    fields: Object.fromEntries(
      Object.entries(own).map(([name, value]) => [name, Float64Array.from(hours, () => value)]),
    ),
  });
  const span = { tags: { site: site.id }, from, to: startOfTest };
  const known = { valid_ms: hourMs, reports: 60, last_seen: from };
  // S01 says nothing in the third hour; in the second nobody is heard.
  const series = [column('S01', [0, 3], known), column('S02', [0, 2, 3], known)];
  await histories.rollup.replace([{ measurement: 'health_1h', ...span, series }]);
});
afterAll(() => histories.raw.close());

const start = () => {
  const reader = new KpiReader({ rollup: histories.rollup, clock: { now: () => startOfTest } });
  const figures = {
    figures: (_: string, query: Parameters<KpiReader['read']>[1]) => reader.read(site, query),
    rollups: async () => [],
  };
  return startHttp({ sites: new Map([[site.id, site]]), figures });
};
const path = `/api/v1/sites/${site.id}/anomalies?from=${from}&to=${startOfTest}`;

describe('anomalies', () => {
  it('have start, end, evidence and advice; a silence of all is no device that is silent', async () => {
    const { url } = await start();
    const found = await readJson(await fetch(url + path), z.array(anomalySchema));
    expect(found.filter(({ by }) => by.device === 'S01')).toEqual([
      {
        kind: 'silent_device',
        by: { device: 'S01' },
        from: new Date(from + 2 * hourMs).toISOString(),
        to: new Date(from + 3 * hourMs).toISOString(),
        isOpen: false,
        evidence: { kpi: 'device_health', value: 0, unit: '1', threshold: 0 },
        advice: { it: expect.stringContaining('batteria'), en: expect.stringContaining('battery') },
      },
    ]);
    expect(found.filter(({ by }) => by.device === 'S02')).toEqual([]);
  });

  it('of more than 31 days are refused', async () => {
    const { url } = await start();
    const long = `/api/v1/sites/${site.id}/anomalies?from=${startOfTest - 32 * 24 * hourMs}&to=${startOfTest}`;
    expect((await readProblem(await fetch(url + long), 400)).detail).toContain('more than 31 days');
  });
});
