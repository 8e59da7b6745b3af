import { expect, test } from 'vitest';
import { minute, newSite, pointAt, seatTags, start, temperatures, weatherTags } from './samples.contract.ts';
import type { Subject } from './store.contract.ts';

export const latestContract = (subject: Subject): void => {
  test('the newest point of each series, with the fields of that point alone', async () => {
    const site = newSite();
    await subject().write([
      ...temperatures(site, [1, 2, 3], 'W2'),
      ...temperatures(site, [4], 'W1'),
      pointAt('weather', weatherTags(site, 'W1'), start + 5, { humidity_pct: 40, co2_ppm: 400 }),
      pointAt('weather', weatherTags(newSite()), start + 9, { temperature_c: 9 }),
    ]);
    expect(await subject().latest('weather', site, 0)).toEqual([
      pointAt('weather', weatherTags(site, 'W1'), start + 5, { humidity_pct: 40, co2_ppm: 400 }),
      pointAt('weather', weatherTags(site, 'W2'), start + 2 * minute, { temperature_c: 3 }),
    ]);
  });

  test('a late point does not become the newest', async () => {
    const site = newSite();
    await subject().write(temperatures(site, [1, 2]));
    await subject().write([pointAt('weather', weatherTags(site), start + 1, { temperature_c: 8 })]);
    expect((await subject().latest('weather', site, 0)).map(({ time }) => time)).toEqual([start + minute]);
  });

  test('series that are silent since before `since` are absent', async () => {
    const site = newSite();
    await subject().write([
      pointAt('occupancy', seatTags(site, 'S1'), start, { occupied: 1 }),
      pointAt('occupancy', seatTags(site, 'S2'), start + minute, { occupied: 0 }),
    ]);
    const devices = async (since: number) =>
      (await subject().latest('occupancy', site, since)).map(({ tags }) => tags.device);
    expect(await devices(start)).toEqual(['S1', 'S2']);
    expect(await devices(start + 1)).toEqual(['S2']);
    expect(await devices(start + minute + 1)).toEqual([]);
    expect(await devices(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('a wrong question is told so', async () => {
    await expect(subject().latest('weather', 'a', 0.5)).rejects.toMatchObject({ code: 'usage' });
  });
};
