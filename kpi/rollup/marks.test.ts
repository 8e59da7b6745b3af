import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { Marks } from './marks.ts';

const quarter = 900_000;
const forever = Number.POSITIVE_INFINITY;
const never = () => Number.POSITIVE_INFINITY;

test('marks side by side are one unit, oldest first, up to an end', () => {
  const marks = Marks.open(':memory:');
  marks.add('a', [10 * quarter + 5, 11 * quarter, 11 * quarter + 1, 13 * quarter]);
  expect(marks.oldest('a')).toBe(10 * quarter);
  expect(marks.take(forever, never)).toEqual({ site: 'a', from: 10 * quarter, to: 12 * quarter });
  expect(marks.take(forever, never)).toEqual({ site: 'a', from: 13 * quarter, to: 14 * quarter });
  expect(marks.take(forever, never)).toBeUndefined();
  marks.add('a', [20 * quarter, 21 * quarter, 22 * quarter]);
  expect(marks.take(21 * quarter, never)?.to).toBe(21 * quarter);
  expect(marks.take(forever, () => 22 * quarter)?.to).toBe(22 * quarter);
});

test('a mark that was made anew while its unit was worked on stays', () => {
  const marks = Marks.open(':memory:');
  marks.add('a', [0]);
  const unit = marks.take(forever, never);
  if (unit === undefined) throw new Error('no unit');
  marks.add('a', [1]);
  expect(marks.isMarked(unit)).toBe(true);
  marks.done(unit);
  expect(marks.oldest('a')).toBe(0);
  const again = marks.take(forever, never);
  expect(again).toEqual(unit);
  marks.done(unit);
  expect(marks.oldest('a')).toBeUndefined();
});

test('what came lately waits', () => {
  const marks = Marks.open(':memory:');
  marks.add('a', [0], 1_000);
  marks.add('a', [1, quarter], 5_000);
  expect(marks.take(forever, never, 999)).toBeUndefined();
  expect(marks.take(forever, never, 1_000)).toEqual({ site: 'a', from: 0, to: quarter });
});

test('after a crash what was taken and what waits is there, and what was done is not', () => {
  const path = `${temporaryDirectory()}/marks.db`;
  const marks = Marks.open(path);
  marks.add('a', [0, 2 * quarter, 4 * quarter]);
  const first = marks.take(forever, never);
  if (first !== undefined) marks.done(first);
  marks.take(forever, never);
  marks.setExpired('a', 7);
  marks.setExpired('a', 3);
  // Not closed: another connection sees what a crash would leave.
  const after = Marks.open(path);
  expect([after.take(forever, never)?.from, after.take(forever, never)?.from]).toEqual([
    2 * quarter,
    4 * quarter,
  ]);
  expect(after.take(forever, never)).toBeUndefined();
  expect(after.expiredBefore('a')).toBe(7);
  after.close();
  marks.close();
});

test('the recent past reaches back two questions', () => {
  const marks = Marks.open(':memory:');
  marks.add('a', [5 * quarter]);
  expect(marks.takeRecent('a')).toBe(5 * quarter);
  expect(marks.takeRecent('a')).toBe(5 * quarter);
  expect(marks.takeRecent('a')).toBeUndefined();
});
