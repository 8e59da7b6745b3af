import { expect, it } from 'vitest';
import type { SeriesAnswer, Site } from '../api/types.ts';
import { DayOfSeats, stepOf } from './day.ts';

const from = Date.UTC(2026, 5, 23);
const stepMs = stepOf(48);
const at = (step: number): string => new Date(from + step * stepMs).toISOString();

const page = (
  device: string,
  points: readonly (readonly [number, number])[],
  next?: string,
): SeriesAnswer => ({
  measurement: 'occupancy',
  field: 'occupied',
  unit: 'bool',
  series: [{ tags: { device }, points: points.map(([step, value]) => [at(step), value]) }],
  ...(next === undefined ? {} : { next }),
});

const read = (pages: readonly SeriesAnswer[]): Promise<DayOfSeats> => {
  const left = [...pages];
  const series = async (): Promise<SeriesAnswer> => left.shift() ?? page('none', []);
  const site: Pick<Site, 'id'> = { id: 'via-rossini' };
  return DayOfSeats.read({ series }, site, { from, to: from + 4 * stepMs, stepMs });
};

it('reads all pages, and knows nothing of a step in which a seat was silent', async () => {
  const day = await read([page('S01', [[1, 1]], 'more'), page('S01', [[3, 0]]), page('S02', [])]);
  expect([0, 1, 2, 3].map((step) => day.at(step).seat('S01'))).toEqual([
    'unknown',
    'taken',
    'unknown',
    'free',
  ]);
  expect(day.at(1).seat('S02')).toBe('unknown');
  expect([day.steps, day.firstStep, day.isEmpty]).toEqual([4, 1, false]);
  expect(day.timeOf(3)).toBe(from + 4 * stepMs);
});

it('says of a day without data that there is none', async () => {
  const site = { id: 'via-rossini' };
  const empty = { ...page('S01', []), series: [] };
  const day = await DayOfSeats.read({ series: async () => empty }, site, { from, to: from + stepMs, stepMs });
  expect(day.isEmpty).toBe(true);
});

it('looks at a city hour by hour', () => {
  expect([stepOf(48), stepOf(2_000)]).toEqual([900_000, 3_600_000]);
});
