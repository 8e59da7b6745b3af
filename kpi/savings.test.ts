import { expect, test } from 'vitest';
import { evidenceOf, rome } from '../test/kpi/support.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { savings, savingsPerYear } from './savings.ts';

const assumptions = viaRossini.savings;
const euroOf = (month: string, item: string, statistic: string): number | undefined =>
  savings(evidenceOf({ window: rome.month(month) })).find(
    ({ by }) => by.item === item && by.statistic === statistic,
  )?.value;

test('the assumptions of via Rossini, by hand', () => {
  if (assumptions === undefined) throw new Error('the site states none');
  expect(savingsPerYear(assumptions)).toEqual({
    travel: { low: 150 * 4, expected: 200 * 2 * 7, high: 250 * 4 * 12 },
    telephone: { low: 0, expected: 600, high: 1200 },
    licences: { low: -1200, expected: -900, high: -600 },
    energy: { low: -400, expected: -250, high: 0 },
    total: { low: -1000, expected: 2250, high: 12_600 },
  });
});

test('a month has the share of its days; the months of a year sum to it, leap years too', () => {
  expect(euroOf('2026-03', 'travel', 'expected')).toBeCloseTo((2800 * 31) / 365, 9);
  expect(euroOf('2028-02', 'total', 'low')).toBeCloseTo((-1000 * 29) / 366, 9);
  const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
  const year = months.reduce((sum, month) => sum + (euroOf(month, 'total', 'expected') ?? Number.NaN), 0);
  expect(year).toBeCloseTo(2250, 8);
});

test('without assumptions there is no number', () => {
  const { savings: _, ...site } = viaRossini;
  expect(savings(evidenceOf({ window: rome.month('2026-03'), site }))).toMatchObject([
    { reason: 'no_assumptions' },
  ]);
});
