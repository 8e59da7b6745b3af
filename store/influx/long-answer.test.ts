import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../model/limits.ts';
import { type Influx, startInflux } from '../../test/services/influx.ts';
import { newSite, pointAt, weatherTags } from '../samples.contract.ts';
import { openInfluxStore } from './influx-store.ts';

let influx: Influx;
beforeAll(async () => {
  influx = await startInflux();
});
afterAll(() => influx.stop());

const rows = 2 * limits.pageRowsMax + 500;
const start = Date.UTC(2026, 5, 1);

test.each([limits.pageRowsMax, limits.pageRowsMax - 1, rows, 5 * rows])(
  'a page of %i rows comes whole, also where InfluxDB sends it in parts',
  async (limit) => {
    const store = await openInfluxStore(influx);
    const site = newSite();
    const points = Array.from({ length: rows }, (_, index) =>
      pointAt('weather', weatherTags(site), start + index * 1_000, { temperature_c: index % 30 }),
    );
    for (let from = 0; from < rows; from += 5_000) await store.write(points.slice(from, from + 5_000));
    const selection = {
      measurement: 'weather',
      field: 'temperature_c',
      tags: { site },
      to: start + rows * 1_000,
    } as const;
    const times: number[] = [];
    let pages = 0;
    for (let from: number | undefined = start; from !== undefined; pages++) {
      const page = await store.range({ ...selection, from, limit });
      times.push(...page.series.flatMap((series) => series.points.map(([time]) => time)));
      from = page.next;
    }
    expect(times).toEqual(points.map(({ time }) => time));
    expect(pages).toBe(Math.ceil(rows / limit));
  },
);
