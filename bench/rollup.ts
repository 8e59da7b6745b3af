import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Marks } from '../kpi/rollup/marks.ts';
import { Roller } from '../kpi/rollup/roller.ts';
import { parseSite, type Site } from '../model/site.ts';
import { openDuckDbHistories } from '../store/duckdb/duckdb-store.ts';
import type { Histories } from '../store/history.ts';
import { openInfluxHistories } from '../store/influx/influx-store.ts';
import { pointsIn, streetColumns } from './street-columns.ts';

const dayMs = 24 * 3_600_000;
/** Local midnight in Rome, so that each unit is a whole day. */
const start = Date.UTC(2026, 4, 31, 22);

export const benchSite = async (): Promise<Site> =>
  parseSite(
    await readFile(new URL('../../sites/via-rossini.yaml', import.meta.url), 'utf8'),
    'via-rossini.yaml',
  );

export interface Filled {
  readonly points: number;
  readonly rollMs: number;
  readonly from: number;
  readonly to: number;
}

/** Fills a store with days of the whole street, each device every `everyMs`, and makes all of their windows. */
export const fillAndRoll = async (
  histories: Histories,
  site: Site,
  days: number,
  everyMs = 30_000,
  marksPath = ':memory:',
): Promise<Filled> => {
  const marks = Marks.open(marksPath);
  marks.setKnown();
  const clock = { now: () => start + (days + 1) * dayMs };
  const log = { warn: (_: object, message: string) => process.stderr.write(`${message}\n`) };
  const sites = new Map([[site.id, site]]);
  const roller = new Roller({ ...histories, marks, sites, clock, log });
  let points = 0;
  for (let day = 0; day < days; day++) {
    const columns = streetColumns(site, start + day * dayMs, start + (day + 1) * dayMs, everyMs);
    await histories.raw.replace(columns);
    points += pointsIn(columns);
    marks.add(site.id, columns[0]?.series[0]?.times ?? []);
  }
  const started = performance.now();
  await roller.catchUp();
  const rollMs = performance.now() - started;
  marks.close();
  return { points, rollMs, from: start, to: start + days * dayMs };
};

const report = (engine: string, days: number, { points, rollMs }: Filled): void => {
  const rate = Math.round((points * 1000) / rollMs).toLocaleString('en');
  process.stdout.write(
    `rollup ${engine}: ${days} days of the whole street at 30 s, ${points.toLocaleString('en')} raw points: ${rate} points/s into windows of 1 min, 15 min, 1 h and 1 day\n`,
  );
};

/** Raw points a second into windows, all zones of via Rossini. InfluxDB where INFLUX_URL names one. */
export const benchRollup = async (): Promise<void> => {
  const site = await benchSite();
  const directory = await mkdtemp(join(tmpdir(), 'aperto-bench-'));
  const duckdb = await openDuckDbHistories({ path: join(directory, 'bench.duckdb') });
  try {
    report('duckdb', 14, await fillAndRoll(duckdb, site, 14));
  } finally {
    await duckdb.raw.close();
    await rm(directory, { recursive: true });
  }
  const { INFLUX_URL: url = '', INFLUX_TOKEN: token = '' } = process.env;
  if (url === '') {
    process.stdout.write('rollup influx: not measured, set INFLUX_URL to a server for tests\n');
    return;
  }
  const influx = await openInfluxHistories({
    url,
    database: 'aperto_bench',
    ...(token === '' ? {} : { token }),
  });
  report('influx', 2, await fillAndRoll(influx, site, 2));
};
