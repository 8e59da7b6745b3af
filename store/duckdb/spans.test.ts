import { expect, test } from 'vitest';
import { toSpans } from './spans.ts';

const hour = 3_600_000;
const hours = (...values: number[]): number[] => values.map((value) => value * hour);

test.each([
  ['nothing', [], []],
  ['one time', hours(5), [[5, 5]]],
  ['fresh points in disorder', hours(2, 1, 1.5), [[1, 2]]],
  ['a gap of an hour is none', hours(1, 2, 3), [[1, 3]]],
  [
    'one late point',
    hours(100, 100.5, 3),
    [
      [3, 3],
      [100, 100.5],
    ],
  ],
  [
    'three stretches',
    hours(10, 50, 10.2, 51, 90),
    [
      [10, 10.2],
      [50, 51],
      [90, 90],
    ],
  ],
])('%s', (_, times, spans) => {
  expect(toSpans(times)).toEqual(spans.map(([from = 0, to = 0]) => ({ from: from * hour, to: to * hour })));
});

test('many stretches become eight, over the narrowest gaps', () => {
  const times = Array.from(
    { length: 40 },
    (_, index) => index * 10 * hour + (index >= 20 ? 1_000 * hour : 0),
  );
  const spans = toSpans(times);
  expect(spans).toHaveLength(8);
  const gaps = spans.slice(1).map((span, index) => span.from - (spans[index]?.to ?? 0));
  expect(Math.max(...gaps)).toBe(1_010 * hour);
  expect(times.every((time) => spans.filter(({ from, to }) => time >= from && time <= to).length === 1)).toBe(
    true,
  );
});
