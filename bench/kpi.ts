import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kpis } from '../kpi/kpis.ts';
import { openDuckDbHistories } from '../store/duckdb/duckdb-store.ts';
import { start } from './process.ts';
import { benchSite, fillAndRoll } from './rollup.ts';

const days = 30;
const rounds = 10;
/** Windows are the same however often devices report; so few points are soon there. */
const everyMs = 300_000;

/** A month by hour of the whole site, over HTTP from a running Aperto on the embedded store: all figures that have hours. */
export const benchKpi = async (): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'aperto-bench-'));
  const site = await benchSite();
  const histories = await openDuckDbHistories({ path: join(directory, 'aperto.duckdb') });
  const { from, to } = await fillAndRoll(histories, site, days, everyMs, join(directory, 'rollup.db'));
  await histories.raw.close();
  const parameters = [
    'up',
    '--data',
    directory,
    '--mqtt-port',
    '0',
    '--http-port',
    '0',
    '--log-level',
    'error',
  ];
  const running = await start(new URL('../cli/aperto.js', import.meta.url), parameters);
  try {
    const all: number[] = [];
    const worst: [string, number][] = [];
    for (const kpi of Object.keys(kpis)) {
      const query = `from=${from}&to=${to}&every=PT1H&limit=10000`;
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const begun = performance.now();
        const reply = await fetch(`${running.ready.http}/api/v1/sites/${site.id}/kpi/${kpi}?${query}`);
        if (!reply.ok) throw new Error(`${kpi}: ${reply.status} ${await reply.text()}`);
        await reply.text();
        times.push(performance.now() - begun);
      }
      all.push(...times);
      worst.push([kpi, p95(times)]);
    }
    worst.sort(([, a], [, b]) => b - a);
    const slowest = worst.slice(0, 3).map(([kpi, ms]) => `${kpi} ${ms.toFixed(0)} ms`);
    process.stdout.write(
      `kpi duckdb: a month by hour of the whole site over HTTP, ${all.length} requests of ${worst.length} figures: p95 ${p95(all).toFixed(0)} ms; the slowest by p95: ${slowest.join(', ')}\n`,
    );
  } finally {
    await running.stop();
    await rm(directory, { recursive: true });
  }
};

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1] ?? 0;
