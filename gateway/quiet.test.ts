import { expect, test } from 'vitest';
import { Quiet } from './quiet.ts';

test('the first of a kind is told, then none for a minute, then how many were left out', () => {
  const quiet = new Quiet();
  const times = [0, 1, 30_000, 59_999, 60_000, 60_001, 120_000];
  const told = times.map((now) => quiet.admit('a', now));
  expect(told).toEqual([0, undefined, undefined, undefined, 3, undefined, 1]);
  expect(quiet.admit('b', 120_001)).toBe(0);
});

test('a clock that is set back silences nobody', () => {
  const quiet = new Quiet();
  quiet.admit('a', 3_600_000);
  expect(quiet.admit('a', 0)).toBe(0);
});

test('kinds beyond a thousand a minute share one line', () => {
  const quiet = new Quiet();
  const told = Array.from({ length: 5_000 }, (_, index) => quiet.admit(`client ${index}`, 0));
  expect(told.filter((leftOut) => leftOut !== undefined)).toHaveLength(1_001);
  expect(quiet.admit('client 0', 60_000)).toBe(0);
  expect(quiet.admit('one more', 60_000)).toBe(0);
  const next = Array.from({ length: 2_000 }, (_, index) => quiet.admit(`later ${index}`, 60_000));
  // The line of the others comes again, with the 3999 of the minute before.
  expect(next.filter((leftOut) => leftOut === 3_999)).toHaveLength(1);
});
