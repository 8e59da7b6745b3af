import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

const options = { firstMs: 200, maxMs: 30_000 };
const delays = (random: () => number): number[] =>
  [1, 2, 3, 7, 8, 9, 100, 5_000].map((attempt) => backoffMs(attempt, { ...options, random }));

test('doubles up to the bound', () => {
  expect(delays(() => 1)).toEqual([200, 400, 800, 12_800, 25_600, 30_000, 30_000, 30_000]);
});

test('chance takes up to half of it away', () => {
  expect(delays(() => 0)).toEqual([100, 200, 400, 6_400, 12_800, 15_000, 15_000, 15_000]);
});

test('is always within half of the ceiling and the ceiling', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1, max: 1e6 }), (attempt, firstMs) => {
      const ceilingMs = Math.min(60_000, firstMs * 2 ** Math.min(attempt - 1, 60));
      const delayMs = backoffMs(attempt, { firstMs, maxMs: 60_000 });
      expect(delayMs).toBeGreaterThanOrEqual(ceilingMs / 2);
      expect(delayMs).toBeLessThan(ceilingMs);
    }),
  );
});
