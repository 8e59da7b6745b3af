import { expect, test } from 'vitest';
import { Receipts } from './receipts.ts';

test('messages of one topic within a millisecond keep apart, those of others keep their time', () => {
  const receipts = new Receipts();
  const settle = (topic: string, receivedAt: number) => receipts.settle({ topic, receivedAt });
  expect([settle('a', 5_000), settle('a', 5_000), settle('a', 5_001), settle('b', 5_000)]).toEqual([
    5_000, 5_001, 5_002, 5_000,
  ]);
  expect(settle('a', 6_000)).toBe(6_000);
});

test('a clock that was set back an hour is believed again', () => {
  const receipts = new Receipts();
  receipts.settle({ topic: 'a', receivedAt: 3_600_000 });
  expect(receipts.settle({ topic: 'a', receivedAt: 1_000 })).toBe(1_000);
});
