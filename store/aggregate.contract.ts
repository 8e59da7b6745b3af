import { expect, test } from 'vitest';
import {
  hour,
  minute,
  newSite,
  pointAt,
  seatTags,
  start,
  temperatures,
  weatherTags,
} from './samples.contract.ts';
import type { Subject } from './store.contract.ts';
import type { AggregateQuery } from './store.ts';

const queryOf = (site: string, changes: Partial<AggregateQuery> = {}): AggregateQuery => ({
  measurement: 'weather',
  field: 'temperature_c',
  aggregation: 'mean',
  everyMs: 2 * minute,
  from: start,
  to: start + hour,
  tags: { site },
  limit: 1_000,
  ...changes,
});

export const aggregateContract = (subject: Subject): void => {
  test.each([
    ['last', [3, 7, -4]],
    ['mean', [2, 6, -4]],
    ['min', [1, 5, -4]],
    ['max', [3, 7, -4]],
    ['sum', [4, 12, -4]],
    ['count', [2, 2, 1]],
  ] as const)('%s of each window, at its start', async (aggregation, values) => {
    const site = newSite();
    await subject().write(temperatures(site, [1, 3, 5, 7, -4]));
    const { series, next } = await subject().aggregate(queryOf(site, { aggregation }));
    expect(next).toBeUndefined();
    expect(series).toEqual([
      {
        tags: weatherTags(site),
        points: values.map((value, index) => [start + 2 * index * minute, value]),
      },
    ]);
  });

  test('windows begin at multiples of their length, and empty ones are absent', async () => {
    const site = newSite();
    await subject().write([
      ...temperatures(site, [1, 2]),
      pointAt('weather', weatherTags(site), start + 45 * minute, { temperature_c: 9 }),
    ]);
    const every = 7 * minute;
    const first = Math.floor(start / every) * every;
    const { series } = await subject().aggregate(
      queryOf(site, { aggregation: 'count', everyMs: every, from: start + 1, to: start + 50 * minute }),
    );
    const last = Math.floor((start + 45 * minute) / every) * every;
    expect(series[0]?.points).toEqual([
      [Math.floor((start + minute) / every) * every, 1],
      [last, 1],
    ]);
    expect(first).toBeLessThan(start);
    const day = await subject().aggregate(queryOf(site, { aggregation: 'sum', everyMs: 24 * hour }));
    expect(day.series[0]?.points).toEqual([[Date.UTC(2026, 5, 23), 12]]);
  });

  test('one series for each combination of the tags that are named', async () => {
    const site = newSite();
    const seats = [
      [seatTags(site, 'S1', 'north'), 1],
      [seatTags(site, 'S2', 'north'), 3],
      [seatTags(site, 'S3', 'south'), 5],
      [{ ...seatTags(site, 'C1', 'south'), kind: 'counter' }, 11],
    ] as const;
    await subject().write(seats.map(([tags, people]) => pointAt('occupancy', tags, start, { people })));
    const sumBy = async (by?: readonly string[]) => {
      const { series } = await subject().aggregate({
        ...queryOf(site, { measurement: 'occupancy', field: 'people', aggregation: 'sum' }),
        ...(by === undefined ? {} : { by }),
      });
      return series.map(({ tags, points }) => [tags, points[0]?.[1]]);
    };
    expect(await sumBy(['zone'])).toEqual([
      [{ zone: 'north' }, 4],
      [{ zone: 'south' }, 16],
    ]);
    expect(await sumBy(['kind', 'zone'])).toEqual([
      [{ zone: 'north', kind: 'seat' }, 4],
      [{ zone: 'south', kind: 'counter' }, 11],
      [{ zone: 'south', kind: 'seat' }, 5],
    ]);
    expect(await sumBy([])).toEqual([[{}, 20]]);
    expect(await sumBy()).toHaveLength(4);
  });

  test('the last of a group is the newest, and of several at one instant the greatest', async () => {
    const site = newSite();
    await subject().write([
      pointAt('weather', weatherTags(site, 'A'), start, { temperature_c: 30 }),
      pointAt('weather', weatherTags(site, 'B'), start + 1, { temperature_c: 4 }),
      pointAt('weather', weatherTags(site, 'C'), start + 1, { temperature_c: 9 }),
      pointAt('weather', weatherTags(site, 'D'), start + 1, { temperature_c: 7 }),
    ]);
    const { series } = await subject().aggregate(queryOf(site, { aggregation: 'last', by: [] }));
    expect(series).toEqual([{ tags: {}, points: [[start, 9]] }]);
  });

  test('pages count windows over all series and never split one instant', async () => {
    const site = newSite();
    await subject().write([...temperatures(site, [0, 1, 2, 3, 4, 5]), ...temperatures(site, [6, 7], 'W2')]);
    const query = queryOf(site, { everyMs: minute, limit: 3 });
    const first = await subject().aggregate(query);
    expect(first.series.map(({ points }) => points.map(([, value]) => value))).toEqual([[0], [6]]);
    expect(first.next).toBe(start + minute);
    const second = await subject().aggregate({ ...query, from: first.next ?? 0 });
    expect(second.series.map(({ points }) => points.map(([, value]) => value))).toEqual([[1, 2], [7]]);
    expect(second.next).toBe(start + 3 * minute);
    const single = await subject().aggregate({ ...query, limit: 1, from: start + 30_000 });
    expect(single.series.map(({ points }) => points)).toEqual([[[start + minute, 1]], [[start + minute, 7]]]);
    expect(single.next).toBe(start + 2 * minute);
  });

  test('a first window that is cut by from stays cut when it comes whole', async () => {
    const site = newSite();
    for (const mast of ['W1', 'W2', 'W3']) await subject().write(temperatures(site, [1, 2, 4], mast));
    const page = await subject().aggregate(
      queryOf(site, { aggregation: 'sum', limit: 1, from: start + minute, to: start + 2 * minute + 1 }),
    );
    expect(page.series.map(({ points }) => points)).toEqual([[[start, 2]], [[start, 2]], [[start, 2]]]);
    expect(page.next).toBe(start + 2 * minute);
  });

  test('sums of counters beyond 2^53 are as near as a number can be', async () => {
    const site = newSite();
    const tags = { site, zone: 'z', device: 'd', band: '5' };
    const value = Number.MAX_SAFE_INTEGER - 1;
    await subject().write(
      [0, 1, 2].map((index) => pointAt('radio', tags, start + index, { tx_bytes: value })),
    );
    const query = queryOf(site, { measurement: 'radio', field: 'tx_bytes', aggregation: 'sum' });
    expect((await subject().aggregate(query)).series[0]?.points).toEqual([[start, 3 * value]]);
    const mean = await subject().aggregate({ ...query, aggregation: 'mean' });
    // A mean divides the rounded sum: the last digit may differ.
    expect(Math.abs((mean.series[0]?.points[0]?.[1] ?? 0) - value)).toBeLessThanOrEqual(2);
  });

  test.each([
    [{ everyMs: 0 }, 'everyMs is 0'],
    [{ by: ['colour'] }, 'weather has no tag "colour"'],
    [{ field: 'wings' }, 'weather has no field "wings"'],
    [{ limit: 1.5 }, 'limit is 1.5'],
  ])('the query %o is told what is wrong', async (changes, message) => {
    const failure = subject().aggregate({ ...queryOf('a'), ...changes });
    await expect(failure).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
  });
};
