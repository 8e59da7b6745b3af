import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitionOf, type MeasurementName, measurementNames, tagsOf } from '../model/measurements.ts';
import { pointKey } from '../model/point.ts';
import { type Influx, startInflux } from '../test/services/influx.ts';
import { openDuckDbStore } from './duckdb/duckdb-store.ts';
import { openInfluxStore } from './influx/influx-store.ts';
import { RandomPoints } from './random-points.contract.ts';
import { hour, minute, newSite, start } from './samples.contract.ts';
import { type AggregateQuery, aggregations, type Series, type SeriesPage, type Store } from './store.ts';

const seed = 20_260_623;
const site = newSite();

let influx: Influx;
let stores: readonly [Store, Store];
let identities: Set<string>;

beforeAll(async () => {
  influx = await startInflux();
  stores = [await openDuckDbStore({ path: ':memory:' }), await openInfluxStore(influx)];
  const batches = new RandomPoints(seed, site).batches(16);
  identities = new Set(batches.flat().map(pointKey));
  for (const batch of batches) {
    for (const store of stores) {
      expect(await store.write(batch)).toEqual({ stored: batch.length, rejected: [] });
    }
  }
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await influx.stop();
});

/** What each engine answers, first DuckDB, then InfluxDB. */
const askBoth = <Answer>(ask: (store: Store) => Promise<Answer>): Promise<[Answer, Answer]> =>
  Promise.all([ask(stores[0]), ask(stores[1])]);

/** All pages of a query as one list of rows a series, and where each page ended. */
const collect = async (
  ask: (from: number) => Promise<SeriesPage>,
): Promise<{ series: Map<string, Series['points']>; ends: number[] }> => {
  const series = new Map<string, Series['points']>();
  const ends: number[] = [];
  for (let from: number | undefined = start - 30 * 24 * hour; from !== undefined; ) {
    const page: SeriesPage = await ask(from);
    for (const { tags, points } of page.series) {
      const key = JSON.stringify(tags);
      series.set(key, [...(series.get(key) ?? []), ...points]);
    }
    from = page.next;
    if (from !== undefined) ends.push(from);
  }
  return { series, ends };
};

const fields = measurementNames.flatMap((measurement) =>
  Object.keys(definitionOf(measurement).fields).map((field) => [measurement, field] as const),
);

test.each(measurementNames)('range: every value of %s, page by page', async (measurement) => {
  let count = 0;
  for (const field of Object.keys(definitionOf(measurement).fields)) {
    const [duckdb, influxdb] = await askBoth((store) =>
      collect((from) =>
        store.range({ measurement, field, from, to: start + 4 * hour, tags: { site }, limit: 97 }),
      ),
    );
    expect(influxdb).toEqual(duckdb);
    count += [...duckdb.series.values()].flat().length;
  }
  expect(count).toBeGreaterThan(200);
});

test('every point that was written stands there once', async () => {
  const times = new Set<string>();
  for (const [measurement, field] of fields) {
    const { series } = await collect((from) =>
      stores[0].range({ measurement, field, from, to: start + 4 * hour, tags: { site }, limit: 100_000 }),
    );
    for (const [tags, points] of series) {
      const keys = points.map(([time]) =>
        pointKey({ measurement, tags: JSON.parse(tags), fields: {}, time }),
      );
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) times.add(key);
    }
  }
  expect(times).toEqual(identities);
});

/** By all tags, by none, and by one, another for each field. */
const groupings = (measurement: MeasurementName, field: string): (readonly string[] | undefined)[] => {
  const tags = tagsOf(measurement);
  const place = Object.keys(definitionOf(measurement).fields).indexOf(field);
  return [undefined, [], [tags[place % tags.length] ?? 'zone']];
};

/** Order of addition may change the last digits of a sum of floats; nothing else may differ. */
const isExact = (measurement: MeasurementName, field: string, { aggregation }: AggregateQuery): boolean =>
  !(
    aggregation === 'mean' ||
    (aggregation === 'sum' && definitionOf(measurement).fields[field]?.type === 'float')
  );

const expectSame = (a: SeriesPage, b: SeriesPage, scale: number): void => {
  expect(b.next).toBe(a.next);
  expect(b.series.map(({ tags }) => tags)).toEqual(a.series.map(({ tags }) => tags));
  for (const [index, { points }] of a.series.entries()) {
    const others = b.series[index]?.points ?? [];
    expect(others.map(([time]) => time)).toEqual(points.map(([time]) => time));
    const worst = points.map(([, value], place) => Math.abs(value - (others[place]?.[1] ?? Number.NaN)));
    expect(Math.max(...worst)).toBeLessThanOrEqual(scale);
  }
};

test.each(fields)('aggregates of %s.%s by time and tag', async (measurement, field) => {
  const { min = 0, max = 0 } = definitionOf(measurement).fields[field] ?? {};
  const everyMs = [45 * minute, 7 * hour, 24 * hour];
  const place = Object.keys(definitionOf(measurement).fields).indexOf(field);
  let asked = 0;
  let rows = 0;
  for (const [index, by] of groupings(measurement, field).entries()) {
    // Half of them, the other half for the next field.
    for (const aggregation of aggregations.filter((_, each) => (each + index + place) % 2 === 0)) {
      const query: AggregateQuery = {
        measurement,
        field,
        aggregation,
        everyMs: everyMs[(index + asked) % everyMs.length] ?? minute,
        from: start - 6 * 24 * hour + 1234,
        to: start + 2 * hour + 4321,
        tags: { site, ...(index === 1 ? { zone: 'a=b, c' } : {}) },
        limit: 200,
        ...(by === undefined ? {} : { by }),
      };
      const [duckdb, influxdb] = await askBoth((store) => store.aggregate(query));
      const scale = isExact(measurement, field, query) ? 0 : 1e-12 * Math.max(Math.abs(min), Math.abs(max));
      expectSame(duckdb, influxdb, scale);
      asked++;
      rows += duckdb.series.flatMap(({ points }) => points).length;
    }
  }
  expect(asked).toBe(9);
  expect(rows).toBeGreaterThan(50);
});

test.each(measurementNames)('latest of %s', async (measurement) => {
  for (const since of [0, start, start + 2 * hour]) {
    const [duckdb, influxdb] = await askBoth((store) => store.latest(measurement, site, since));
    expect(influxdb).toEqual(duckdb);
  }
  expect((await stores[0].latest(measurement, site, 0)).length).toBeGreaterThan(5);
});
