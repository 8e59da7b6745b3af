import { expect, test } from 'vitest';
import { definitionOf, measurementNames } from '../model/measurements.ts';
import {
  minute,
  newSite,
  pointAt,
  seatTags,
  start,
  temperatureQuery,
  temperatures,
  weatherTags,
} from './samples.contract.ts';
import type { Subject } from './store.contract.ts';
import type { RangeQuery, SeriesPage, Store } from './store.ts';

/** Every page of a query, one after the other. */
const pagesOf = async (store: Store, query: RangeQuery): Promise<SeriesPage[]> => {
  const pages = [await store.range(query)];
  for (let from = pages[0]?.next; from !== undefined; from = pages.at(-1)?.next) {
    pages.push(await store.range({ ...query, from }));
  }
  return pages;
};

const timesOf = (page: SeriesPage | undefined): number[] =>
  (page?.series ?? []).flatMap(({ points }) => points.map(([time]) => (time - start) / minute));

export const rangeContract = (subject: Subject): void => {
  test('a range begins at from and ends before to', async () => {
    const site = newSite();
    await subject().write(temperatures(site, [0, 1, 2, 3, 4]));
    const query = temperatureQuery(site, { from: start + minute, to: start + 3 * minute });
    expect(await subject().range(query)).toEqual({
      series: [
        {
          tags: weatherTags(site),
          points: [
            [start + minute, 1],
            [start + 2 * minute, 2],
          ],
        },
      ],
    });
    const wide = temperatureQuery(site, { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER });
    expect(timesOf(await subject().range(wide))).toEqual([0, 1, 2, 3, 4]);
  });

  test('series come in order of their tags, narrowed by any tag', async () => {
    const site = newSite();
    const seats = [
      seatTags(site, 'S10', 'b'),
      seatTags(site, 'S9', 'b'),
      seatTags(site, 'S2', 'a'),
      { ...seatTags(site, 'S2', 'a'), kind: 'counter' },
      seatTags(site, 'é', 'b'),
      seatTags(site, 'z', 'B'),
    ];
    await subject().write(seats.map((tags) => pointAt('occupancy', tags, start, { people: 1 })));
    await subject().write([pointAt('occupancy', seatTags(newSite()), start, { people: 1 })]);
    const ask = async (tags: Record<string, string>): Promise<(string | undefined)[]> => {
      const query = {
        measurement: 'occupancy',
        field: 'people',
        from: start,
        to: start + 1,
        limit: 10,
      } as const;
      const { series } = await subject().range({ ...query, tags: { site, ...tags } });
      return series.map(({ tags: { zone, device, kind } }) => [zone, device, kind].join(' '));
    };
    expect(await ask({})).toEqual([
      'B z seat',
      'a S2 counter',
      'a S2 seat',
      'b S10 seat',
      'b S9 seat',
      'b é seat',
    ]);
    expect(await ask({ zone: 'a' })).toEqual(['a S2 counter', 'a S2 seat']);
    expect(await ask({ zone: 'a', kind: 'seat' })).toEqual(['a S2 seat']);
    expect(await ask({ device: 'S2', zone: 'b' })).toEqual([]);
  });

  test('pages follow one another without a gap or a repeat', async () => {
    const site = newSite();
    await subject().write([
      ...temperatures(site, [0, 1, 2, 3, 4, 5, 6]),
      ...temperatures(site, [0, 1, 2], 'W2'),
    ]);
    const pages = await pagesOf(subject(), temperatureQuery(site, { limit: 4 }));
    expect(pages.map(timesOf)).toEqual([
      [0, 1, 0, 1],
      [2, 3, 4, 2],
      [5, 6],
    ]);
    expect(pages.map(({ next }) => next)).toEqual([start + 2 * minute, start + 5 * minute, undefined]);
  });

  test('a page that the rows fill exactly is the last', async () => {
    const site = newSite();
    await subject().write(temperatures(site, [0, 1, 2]));
    expect((await subject().range(temperatureQuery(site, { limit: 3 }))).next).toBeUndefined();
    expect((await subject().range(temperatureQuery(site, { limit: 2 }))).next).toBe(start + 2 * minute);
  });

  test('an instant with more rows than the limit comes whole', async () => {
    const site = newSite();
    const masts = ['W1', 'W2', 'W3', 'W4'];
    await subject().write(masts.flatMap((mast) => temperatures(site, [0, 1], mast)));
    await subject().write(temperatures(site, [0, 1, 2], 'W5'));
    const pages = await pagesOf(subject(), temperatureQuery(site, { limit: 2 }));
    expect(pages.map(timesOf)).toEqual([[0, 0, 0, 0, 0], [1, 1, 1, 1, 1], [2]]);
    const narrow = temperatureQuery(site, { limit: 2, to: start + 1 });
    expect((await pagesOf(subject(), narrow)).map(timesOf)).toEqual([[0, 0, 0, 0, 0]]);
  });

  test('rows without the field are not rows', async () => {
    const site = newSite();
    await subject().write([
      ...temperatures(site, [0, 1]),
      pointAt('weather', weatherTags(site), start + 30_000, { humidity_pct: 5 }),
    ]);
    expect(timesOf(await subject().range(temperatureQuery(site, { limit: 2 })))).toEqual([0, 1]);
  });

  test.each(measurementNames)('nothing is asked of %s before anything is written', async (measurement) => {
    const site = newSite();
    const field = Object.keys(definitionOf(measurement).fields)[0] ?? '';
    const query = { measurement, field, from: start, to: start + minute, tags: { site }, limit: 10 };
    expect(await subject().range(query)).toEqual({ series: [] });
    expect(await subject().range({ ...query, to: start })).toEqual({ series: [] });
    expect(await subject().aggregate({ ...query, aggregation: 'mean', everyMs: minute })).toEqual({
      series: [],
    });
    expect(await subject().latest(measurement, site, 0)).toEqual([]);
  });

  test.each([
    [{ field: 'wings' }, 'weather has no field "wings"; its fields are temperature_c, '],
    [{ tags: { colour: 'red' } }, 'weather has no tag "colour"; its tags are site, zone, device'],
    [{ limit: 0 }, 'limit is 0; it is a whole number from 1'],
    [{ from: 0.5 }, '0.5 is not a whole number of milliseconds'],
    [{ to: Number.NaN }, 'NaN is not a whole number of milliseconds'],
  ])('the query %o is told what is wrong', async (changes, message) => {
    const failure = subject().range({ ...temperatureQuery('a'), ...changes });
    await expect(failure).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
  });
};
