import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KpiReader } from '../../../kpi/query/reader.ts';
import type { Site } from '../../../model/site.ts';
import { openDuckDbHistories } from '../../../store/duckdb/duckdb-store.ts';
import type { Histories } from '../../../store/history.ts';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { startHttp, startOfTest, viaRossini } from '../../../test/http/start.ts';
import { kpiSchema } from './kpi.ts';

const hourMs = 3_600_000;
const from = startOfTest - 4 * hourMs;
/** Portico has three seats here: too few to be told of in public. */
const site: Site = (() => {
  const all = viaRossini();
  const seats = all.seats.filter(({ zone, id }) => zone !== 'portico' || ['S11', 'S12', 'S13'].includes(id));
  return {
    ...all,
    seats,
    devices: new Map(
      [...all.devices].filter(([id, { kind }]) => kind !== 'seat' || seats.some((seat) => seat.id === id)),
    ),
  };
})();

let histories: Histories;
beforeAll(async () => {
  histories = await openDuckDbHistories({ path: ':memory:' });
  const times = Float64Array.from({ length: 4 }, (_, hour) => from + hour * hourMs);
  const series = site.seats.map(({ id, zone }, index) => ({
    tags: { site: site.id, zone, device: id },
    times,
    fields: {
      // In the last hour of S01 to S10 too little is known.
      valid_ms: times.map((_, hour) => (zone === 'teatro' && hour === 3 ? 600_000 : hourMs)),
      occupied_ms: times.map((_, hour) => (index % 2 === 0 ? 900_000 * hour : 0)),
    },
  }));
  const span = { tags: { site: site.id }, from, to: startOfTest };
  await histories.rollup.replace([{ measurement: 'seat_1h', ...span, series }]);
});
afterAll(() => histories.raw.close());

const start = async () => {
  const reader = (now: () => number) => new KpiReader({ rollup: histories.rollup, clock: { now } });
  const started = await startHttp({
    sites: new Map([[site.id, site]]),
    figures: {
      figures: (_, query) => reader(() => startOfTest).read(site, query),
      rollups: async () => [{ site: site.id, watermark: startOfTest }],
    },
  });
  const range = `from=${from}&to=${startOfTest}`;
  const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${started.url}/api/v1/sites/via-rossini/kpi/${query}`, { headers });
  const read = async (query: string) =>
    readJson(await get(`${query}${query.includes('?') ? '&' : '?'}${range}`), kpiSchema);
  return { ...started, get, read, range };
};

describe('figures', () => {
  it('come by hour with their valid minutes and coverage', async () => {
    const { read } = await start();
    const { kpi, unit, rows } = await read('time_occupancy?every=PT1H&by=zone');
    expect([kpi, unit, rows.length]).toEqual(['time_occupancy', '1', 20]);
    expect(rows.filter(({ zone }) => zone === 'giardino')).toEqual([
      { zone: 'giardino', time: '2026-06-23T04:00:00.000Z', value: 0, validMinutes: 60, coverage: 1 },
      { zone: 'giardino', time: '2026-06-23T05:00:00.000Z', value: 0.125, validMinutes: 60, coverage: 1 },
      { zone: 'giardino', time: '2026-06-23T06:00:00.000Z', value: 0.25, validMinutes: 60, coverage: 1 },
      { zone: 'giardino', time: '2026-06-23T07:00:00.000Z', value: 0.375, validMinutes: 60, coverage: 1 },
    ]);
  });

  it('have a reason and no number where too little is known', async () => {
    const { read } = await start();
    const { rows } = await read('time_occupancy?by=zone,hour');
    const last = rows.filter(({ zone }) => zone === 'teatro').at(-1);
    expect(last).toEqual({
      zone: 'teatro',
      time: '2026-06-23T07:00:00.000Z',
      validMinutes: 10,
      coverage: 1 / 6,
      reason: 'low_coverage',
    });
  });

  it('of small groups are not told to the public, nor what would give them away', async () => {
    const { read } = await start();
    const zones = (await read('time_occupancy?by=zone&scope=public')).rows;
    const withheld = zones.filter(({ reason }) => reason === 'few_seats').map(({ zone }) => zone);
    // Three seats of Portico, and the eight of Fontana: with them alone withheld, a subtraction would tell.
    expect(withheld.sort()).toEqual(['fontana', 'portico']);
    expect(zones.filter(({ value }) => value !== undefined)).toHaveLength(3);
    const seats = (await read('time_occupancy?by=seat&scope=public')).rows;
    expect(new Set(seats.map(({ reason }) => reason))).toEqual(new Set(['few_seats']));
    expect((await read('time_occupancy?scope=public')).rows[0]?.value).toBeTypeOf('number');
  });

  it('come in pages that lead on to the same answer', async () => {
    const { read, get, url, range } = await start();
    const whole = await read('time_occupancy?by=zone,hour');
    const rows = [];
    let pages = 0;
    for (
      let next: string | undefined = `time_occupancy?by=zone,hour&limit=5&${range}`;
      next !== undefined;
      pages++
    ) {
      const response: Response = await get(next);
      rows.push(...(await readJson(response.clone(), kpiSchema)).rows);
      const link = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      next = link === undefined ? undefined : new URL(link, url).href.split('/kpi/')[1];
    }
    expect([pages, rows]).toEqual([4, whole.rows]);
  });

  it('have a tag that spares the body', async () => {
    const { get, range } = await start();
    const first = await get(`time_occupancy?${range}`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await get(`time_occupancy?${range}`, { 'if-none-match': `W/${etag}, "x"` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get(`time_occupancy?${range}`, { 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('come as CSV', async () => {
    const { get, range } = await start();
    const response = await get(`time_occupancy?by=zone&${range}`, { accept: 'text/csv' });
    expect(response.headers.get('content-type')).toContain('text/csv');
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toBe('zone,time,value,unit,valid_minutes,coverage,reason');
    expect(lines[3]).toBe('giardino,,0.1875,1,240,1,');
  });
});

describe('what cannot be answered', () => {
  it.each([
    ['bliss', 404, 'no figure "bliss"; there are time_occupancy'],
    ['time_occupancy?by=colour', 400, 'by: no key "colour"; there are zone'],
    ['time_occupancy?by=band', 400, 'by: time_occupancy has no rows by band; it has zone, seat'],
    ['savings?by=zone', 400, 'it speaks of the whole site alone'],
    ['time_occupancy?every=PT7M', 400, 'every: is wrong; expected one of PT1M'],
    ['time_occupancy?by=hour&every=P1D', 400, 'every: P1D and PT1H are given; choose one'],
    ['sessions?every=PT1M', 400, 'every: this figure is made of quarter hours'],
    ['time_occupancy?cursor=x', 400, 'cursor: not one of ours'],
    [
      'dwell?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
      400,
      'from: this figure is read from 10000 windows',
    ],
    ['time_occupancy?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 400, 'is not before to'],
  ])('%s', async (query, status, detail) => {
    const { get } = await start();
    expect((await readProblem(await get(query), status)).detail).toContain(detail);
  });

  it('says 503 where nobody makes windows', async () => {
    const { url } = await startHttp();
    await readProblem(await fetch(`${url}/api/v1/rollups`), 503);
  });

  it('tells how far the windows are', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/api/v1/rollups`)).json()).toEqual([
      { site: 'via-rossini', watermark: '2026-06-23T08:00:00.000Z' },
    ]);
  });
});
