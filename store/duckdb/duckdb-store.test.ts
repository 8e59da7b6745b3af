import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  everything,
  hour,
  newSite,
  pointAt,
  start,
  temperatureQuery,
  temperatures,
  weatherTags,
} from '../samples.contract.ts';
import { storeContract } from '../store.contract.ts';
import { openDuckDbStore } from './duckdb-store.ts';

storeContract('DuckDB', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'aperto-duckdb-'));
  const store = await openDuckDbStore({ path: join(directory, 'contract.duckdb') });
  return {
    store,
    close: async () => {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
});

test('writes that are given at once are done one after the other, reads beside them', async () => {
  const store = await openDuckDbStore({ path: ':memory:' });
  const site = newSite();
  const write = (value: number) =>
    store.write(
      Array.from({ length: 200 }, (_, index) =>
        pointAt('weather', weatherTags(site, `W${index % 7}`), start + index, { temperature_c: value }),
      ),
    );
  const reads = Array.from({ length: 20 }, () => everything(store, 'weather', 'temperature_c', site));
  await Promise.all(Array.from({ length: 20 }, (_, value) => write(value)));
  for (const series of await Promise.all(reads)) {
    const values = series.flatMap(({ points }) => points.map(([, value]) => value));
    expect([0, 200]).toContain(values.length);
    expect(new Set(values).size).toBeLessThanOrEqual(1);
  }
  const last = (await everything(store, 'weather', 'temperature_c', site)).flatMap(({ points }) => points);
  expect(last.map(([, value]) => value)).toEqual(Array.from({ length: 200 }, () => 19));
  await store.close();
});

test('a year is read page by page, hours, days and months apart', async () => {
  const store = await openDuckDbStore({ path: ':memory:' });
  const site = newSite();
  const times = [0, 1, 7, 23, 24 * 5, 24 * 90, 24 * 90 + 1, 24 * 365].map((hours) => start + hours * hour);
  await store.write(
    times.map((time, index) => pointAt('weather', weatherTags(site), time, { temperature_c: index })),
  );
  const query = temperatureQuery(site, { from: 0, to: start + 400 * 24 * hour, limit: 3 });
  const pages = [await store.range(query)];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) {
    pages.push(await store.range({ ...query, from: next }));
  }
  expect(pages.map(({ series }) => series[0]?.points.map(([, value]) => value))).toEqual([
    [0, 1, 2],
    [3, 4, 5],
    [6, 7],
  ]);
  const weekly = { ...query, aggregation: 'count', everyMs: 7 * 24 * hour, limit: 10 } as const;
  expect((await store.aggregate(weekly)).series[0]?.points.map(([, count]) => count)).toEqual([4, 1, 2, 1]);
  await store.close();
});

test('a store that has its fill of series takes points of those that it knows', async () => {
  const store = await openDuckDbStore({ path: ':memory:', seriesMax: 2 });
  const site = newSite();
  const batch = ['A', 'B', 'C', 'A', 'D'].map((mast, index) =>
    pointAt('weather', weatherTags(site, mast), start + index, { temperature_c: index }),
  );
  const { stored, rejected } = await store.write(batch);
  expect(stored).toBe(3);
  expect(rejected).toEqual([2, 4].map((index) => ({ index, reason: 'the store has its fill of series' })));
  expect(await store.write(temperatures(site, [1], 'B'))).toEqual({ stored: 1, rejected: [] });
  await store.close();
});

test('close ends what was asked before and refuses what comes after', async () => {
  const store = await openDuckDbStore({ path: ':memory:' });
  const site = newSite();
  const writing = store.write(temperatures(site, [1, 2, 3]));
  const reading = store.latest('weather', site, 0);
  await Promise.all([store.close(), store.close()]);
  expect(await writing).toEqual({ stored: 3, rejected: [] });
  expect([0, 1]).toContain((await reading).length);
  await expect(store.write(temperatures(site, [4]))).rejects.toMatchObject({ code: 'closed' });
  await expect(store.latest('weather', site, 0)).rejects.toMatchObject({ code: 'closed' });
});

test.each([{ threads: 0 }, { threads: 1.5 }, { memoryLimitMb: 0 }, { seriesMax: Number.NaN }])(
  'the option %o makes no sense',
  async (option) => {
    await expect(openDuckDbStore({ path: ':memory:', ...option })).rejects.toMatchObject({ code: 'usage' });
  },
);
