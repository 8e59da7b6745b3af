import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeKpi } from '../../kpi/compute.ts';
import { type KpiId, kpiOf } from '../../kpi/kpis.ts';
import type { KpiQuery } from '../../kpi/query/reader.ts';
import type { Point } from '../../model/point.ts';
import { groupEvidence, kpiIds } from './compare.ts';
import { keep, openBoth } from './histories.ts';
import { type Rows, rowsOf, Told } from './ours.ts';
import { pointsOf, smallStreet as site } from './points.ts';
import { rome } from './support.ts';

const hourMs = 3_600_000;
/** A Monday; all of March, with its day of 23 hours, where a month is asked for. */
const isMonth = process.env.KPI_MONTH !== undefined;
const [first, last] = isMonth ? ['2026-03-01', '2026-03-31'] : ['2026-03-30', '2026-03-30'];
const from = rome.at(Date.parse(`${first}T12:00:00Z`)).day.from;
const to = rome.at(Date.parse(`${last}T12:00:00Z`)).day.to;
/** Points that one batch has: a day comes in some, a month too. */
const batchPoints = isMonth ? 400_000 : 16_000;

type Engine = 'duckdb' | 'influx';
const engines = ['duckdb', 'influx'] as const satisfies readonly Engine[];
let both: Awaited<ReturnType<typeof openBoth>>;
const kept = new Map<Engine, ReturnType<typeof keep>>();
const told = new Told();
let rows: Rows;

const keptOf = (engine: Engine) => {
  const one = kept.get(engine);
  if (one === undefined) throw new Error(`no ${engine}`);
  return one;
};

/** As the drain does: a batch is stored, noted, and all that waits is made into windows. */
const carry = async (engine: Engine, batch: readonly Point[]): Promise<void> => {
  const { roller, clock } = keptOf(engine);
  await both.all[engine].raw.write(batch);
  roller.noteStored(batch);
  clock.ms = batch.reduce((latest, { time }) => Math.max(latest, time), 0) + 1_000;
  await roller.catchUp();
};

beforeAll(
  async () => {
    both = await openBoth();
    for (const engine of engines) kept.set(engine, keep(both.all[engine], site));
    // With what came before and after, so that nothing begins or ends at an edge.
    for await (const batch of batchesOf(pointsOf(site, from - 3 * hourMs, to + hourMs, 11))) {
      told.add(batch);
      await Promise.all(engines.map((engine) => carry(engine, batch)));
    }
    for (const engine of engines) {
      keptOf(engine).clock.ms = to + 30 * hourMs;
      await keptOf(engine).roller.catchUp();
    }
    rows = rowsOf(site, told, { from: from - 24 * hourMs, to });
  },
  isMonth ? 1_200_000 : 240_000,
);
afterAll(() => both.stop());

/** Lets sockets breathe in between: a server that hears nothing for long closes its connection. */
async function* batchesOf(points: Iterable<Point>): AsyncGenerator<readonly Point[]> {
  let batch: Point[] = [];
  for (const point of points) {
    batch.push(point);
    if (batch.length % 4_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (batch.length < batchPoints) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

const queryOf = (kpi: KpiId, changes: Partial<KpiQuery> = {}): KpiQuery => ({
  kpi,
  from,
  to,
  by: [],
  limit: 100_000,
  scope: 'read',
  ...changes,
});

/** Two answers agree to 1e-9 of each value, in all else word for word. */
const expectSame = (a: unknown, b: unknown): void => {
  if (typeof a === 'number' && typeof b === 'number') {
    expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)));
  } else if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    expect(Object.keys(b)).toEqual(Object.keys(a));
    for (const [key, value] of Object.entries(a))
      expectSame(value, Object.getOwnPropertyDescriptor(b, key)?.value);
  } else {
    expect(b).toEqual(a);
  }
};

describe('DuckDB and InfluxDB', () => {
  test.each(kpiIds)(
    '%s is the same for the site, by each key and in windows',
    async (kpi) => {
      let compared = 0;
      const keys = kpiOf(kpi).by.map((key) => [key]);
      for (const by of [[], ...keys]) {
        for (const every of [undefined, 'P1D', 'PT1H'] as const) {
          const query = queryOf(kpi, every === undefined ? { by } : { by, every });
          const [duckdb, influx] = await Promise.all(
            engines.map((engine) => keptOf(engine).reader.read(site, query)),
          );
          expectSame(duckdb, influx);
          compared += duckdb?.rows.length ?? 0;
        }
      }
      expect(compared).toBeGreaterThan(10);
    },
    600_000,
  );
});

describe('windows made bit by bit, late data and all', () => {
  const seats = site.seats.length;
  const capacity = site.zones.reduce((sum, zone) => sum + zone.capacity, 0);

  test.each(kpiIds.filter((kpi) => kpi !== 'device_health'))(
    '%s is what the same points give at once',
    async (kpi) => {
      const evidence = groupEvidence({
        site,
        rows,
        window: { from, to },
        by: {},
        devices: {
          seat: seats,
          counter: site.counters.length,
          'access-point': 2,
          radio: 6,
          probe: 2,
          meter: 1,
        },
        capacity,
        has: ({ device, zone }, name) => {
          if (name === 'presence') return zone === '';
          if (name === 'energy') return device === 'M1';
          if (name === 'wifi') return device.endsWith('/all') === (kpi === 'wifi_ap_health');
          return true;
        },
      });
      const expected = computeKpi(kpi, evidence).map(({ by, value, reason }) => ({ by, value, reason }));
      const answer = await keptOf('duckdb').reader.read(site, queryOf(kpi));
      const given = answer.rows.map(({ by, value, reason }) => ({ by, value, reason }));
      expectSame(expected, given);
      // One day has no whole stretch from reset to reset.
      expect(expected.some(({ value }) => value !== undefined)).toBe(isMonth || kpi !== 'counter_drift');
    },
  );
});
