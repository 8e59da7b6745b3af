import { expect, test } from 'vitest';
import { estimateRate } from './wifi-rate.ts';

test.each([
  ['2.4', -60, 0, 0, 65 * 0.65],
  ['2.4', -58, 0, 0, 78 * 0.65],
  ['2.4', -83, 0, 0, 0],
  ['5', -79, 0, 0, 13.5 * 0.65],
  ['5', -72, 0, 0, 40.5 * 0.65],
  ['5', -72, 10, 50, 40.5 * 0.65 * 0.9 * 0.5],
  ['6', -51, 0, 0, 390 * 0.65],
  ['6', -76.1, 0, 0, 0],
] as const)(
  '%s GHz at %d dBm, %d %% again, %d %% busy: %d Mbit/s',
  (band, signal, retries, busy, expected) => {
    expect(estimateRate(band, signal, retries, busy).mbitS).toBeCloseTo(expected, 10);
  },
);

test('more signal is never slower', () => {
  for (const band of ['2.4', '5', '6'] as const) {
    const rates = Array.from({ length: 60 }, (_, index) => estimateRate(band, index - 90, 5, 20).mbitS);
    expect(rates).toEqual(rates.toSorted((a, b) => a - b));
    expect(rates[0]).toBe(0);
  }
});
