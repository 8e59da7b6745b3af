import { expect, test } from 'vitest';
import { isFlat, trendOf } from './trend.ts';

test('a line rises by its slope, whatever one measurement says', () => {
  expect(trendOf([10, 12, 14, 16, 18])).toEqual({ median: 14, slope: 2 });
  expect(trendOf([10, 12, 900, 16, 18])).toMatchObject({ slope: 2 });
});

test.each([
  ['noise', [200, 203, 198, 201, 199, 202], true],
  ['a saw', [200, 240, 200, 240, 200, 240, 200, 240], true],
  ['a leak of a twentieth', [200, 202, 204, 206, 208, 210, 212], true],
  ['a leak of a half', [200, 215, 230, 245, 260, 275, 290], false],
  ['something that shrinks', [290, 260, 230, 200], true],
  ['one measurement', [200], true],
])('%s', (_, values, flat) => {
  expect(isFlat(values, 0.1, 1)).toBe(flat);
});

test('what is small may rise by a little', () => {
  expect(isFlat([1, 1.2, 1.4, 1.6], 0.1, 1)).toBe(true);
  expect(isFlat([1, 2, 3, 4], 0.1, 1)).toBe(false);
});
