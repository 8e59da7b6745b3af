import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

test('a burst passes at once, a debt is waited for', () => {
  const bucket = new TokenBucket(1_000, 500, 0);
  bucket.take(500, 0);
  expect(bucket.waitMs(0)).toBe(0);
  bucket.take(200, 0);
  expect(bucket.waitMs(0)).toBe(200);
  expect(bucket.waitMs(150)).toBe(50);
  expect(bucket.waitMs(200)).toBe(0);
  expect(bucket.isFull(200)).toBe(false);
  expect(bucket.isFull(700)).toBe(true);
});

test('in the long run no more passes than the rate, whoever asks and when', () => {
  const steps = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 40 })), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (all) => {
      const bucket = new TokenBucket(100, 30, 0);
      let [now, passed, last] = [0, 0, 0];
      for (const [pause, cost] of all) {
        now += pause;
        if (bucket.waitMs(now) > 0) continue;
        bucket.take(cost, now);
        passed += cost;
        last = cost;
      }
      // The last one may go into debt.
      expect(passed - last).toBeLessThanOrEqual(30 + now * 0.1 + 1e-6);
    }),
  );
});

test('a clock that stands or goes back gives nothing', () => {
  const bucket = new TokenBucket(1_000, 10, 1_000);
  bucket.take(20, 1_000);
  expect(bucket.waitMs(0)).toBe(10);
});
