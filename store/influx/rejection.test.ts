import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Influx, startInflux } from '../../test/services/influx.ts';
import {
  everything,
  hour,
  minute,
  newSite,
  pointAt,
  temperatures,
  weatherTags,
} from '../samples.contract.ts';
import { openInfluxStore } from './influx-store.ts';

let influx: Influx;
beforeAll(async () => {
  influx = await startInflux();
});
afterAll(() => influx.stop());

test('points beyond retention are rejected by their places, not tried for ever', async () => {
  const store = await openInfluxStore({ ...influx, database: await influx.createDatabase(3600) });
  const site = newSite();
  const at = (time: number) => pointAt('weather', weatherTags(site), time, { temperature_c: 1 });
  const now = Math.floor(Date.now() / minute) * minute;
  const times = [now, now - 1_000 * 24 * hour, now - minute, now - 2_000 * 24 * hour, now - 900 * 24 * hour];
  const { stored, rejected } = await store.write(times.map(at));
  expect(stored).toBe(2);
  expect(rejected.map(({ index }) => index)).toEqual([1, 3, 4]);
  expect(rejected.map(({ reason }) => /retention/.test(reason))).toEqual([true, true, true]);
  const [series] = await everything(store, 'weather', 'temperature_c', site);
  expect(series?.points.map(([time]) => time)).toEqual([now - minute, now]);
});

test('a field that another program wrote with another type is rejected, the others are stored', async () => {
  const database = await influx.createDatabase();
  const target = new URL('/api/v2/write', influx.url);
  target.search = new URLSearchParams({
    org: influx.org ?? '',
    bucket: database,
    precision: 'ms',
  }).toString();
  const written = await fetch(target, {
    method: 'POST',
    body: `weather,device=x temperature_c="warm" ${Date.now()}`,
    headers: influx.token === undefined ? {} : { authorization: `Token ${influx.token}` },
  });
  expect(written.status).toBe(204);

  const store = await openInfluxStore({ ...influx, database });
  const site = newSite();
  const now = Date.now();
  const humid = (index: number) =>
    pointAt('weather', weatherTags(site), now + index, { humidity_pct: index });
  const warm = temperatures(site, [7]).map((point) => ({ ...point, time: now + 2 }));
  const { stored, rejected } = await store.write([humid(0), humid(1), ...warm, humid(3), humid(4)]);
  expect(stored).toBe(4);
  expect(rejected).toEqual([{ index: 2, reason: expect.stringMatching(/type/) }]);
  expect((await everything(store, 'weather', 'humidity_pct', site))[0]?.points).toHaveLength(4);
});

test('a database that is dropped meanwhile is made again', async () => {
  const database = await influx.createDatabase();
  const store = await openInfluxStore({ ...influx, database });
  const site = newSite();
  await store.write(temperatures(site, [1]));
  await influx.dropDatabase(database);
  await expect(store.write(temperatures(site, [2]))).rejects.toMatchObject({
    code: 'store_unavailable',
    retry: true,
  });
  expect(await store.write(temperatures(site, [3]))).toEqual({ stored: 1, rejected: [] });
  expect(
    (await everything(store, 'weather', 'temperature_c', site))[0]?.points.map(([, value]) => value),
  ).toEqual([3]);
  await store.close();
});
