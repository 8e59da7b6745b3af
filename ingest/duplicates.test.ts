import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageOf, pointOf, range } from '../test/support/spool.ts';
import { Duplicates } from './duplicates.ts';
import { encodeBody, type StoredMessage } from './spool/body.ts';

/** A message without a believed time: its points carry the receive time. */
const untimed = (origin: string, receivedAt: number): StoredMessage => ({
  origin,
  points: [{ ...pointOf(1), time: receivedAt }],
});

/** Messages that became durable together. */
const remember = (window: Duplicates, ...messages: readonly StoredMessage[]) => {
  const batch = window.begin();
  for (const message of messages) window.add(batch, message);
  window.seal(batch, encodeBody(messages));
  return batch;
};

const heldOf = (window: Duplicates, numbers: readonly number[]): number[] =>
  numbers.filter((number) => window.has(messageOf(number), false));

test('a message with a believed time is a repeat word for word, whoever sends it and however', () => {
  const window = new Duplicates(10);
  expect(window.has(messageOf(1), false)).toBe(false);
  remember(window, messageOf(1));
  expect(window.has(messageOf(1), false)).toBe(true);
  expect(window.has(messageOf(1), true)).toBe(true);
  expect(window.has(messageOf(2), true)).toBe(false);
});

test('a message is known from the moment that it was judged, before its batch is whole', () => {
  const window = new Duplicates(10);
  const batch = window.begin();
  window.add(batch, messageOf(1));
  expect(heldOf(window, [1, 2])).toEqual([1]);
  window.add(batch, messageOf(2));
  expect(heldOf(window, [1, 2])).toEqual([1, 2]);
  window.seal(batch, encodeBody([messageOf(1), messageOf(2)]));
  expect(heldOf(window, [1, 2, 3])).toEqual([1, 2]);
});

test('a message without a time is a repeat when the same client sends the same packet again, for a while', () => {
  let nowMs = 0;
  const window = new Duplicates(10, () => nowMs);
  remember(window, untimed('S01 12', 1_000));
  expect(window.has(untimed('S01 12', 2_000), true)).toBe(true);
  expect(window.has(untimed('S01 12', 2_000), false)).toBe(false);
  expect(window.has(untimed('S01 13', 2_000), true)).toBe(false);
  expect(window.has(untimed('S02 12', 2_000), true)).toBe(false);
  expect(window.has({ origin: 'S01 12', points: [{ ...pointOf(2), time: 2_000 }] }, true)).toBe(false);
  // Whatever the clock on the wall says meanwhile.
  nowMs = 600_000;
  expect(window.has(untimed('S01 12', 3_600_000), true)).toBe(true);
  expect(window.has(untimed('S01 12', -3_600_000), true)).toBe(true);
  nowMs = 600_001;
  expect(window.has(untimed('S01 12', 2_000), true)).toBe(false);
});

test('the oldest batch leaves a window that the younger ones fill, and no other', () => {
  const window = new Duplicates(4);
  for (const first of [0, 2, 4, 6]) remember(window, messageOf(first), messageOf(first + 1));
  expect(heldOf(window, range(0, 8))).toEqual([4, 5, 6, 7]);
  expect(window.size).toBe(4);
});

test('what failed to become durable is no repeat when it comes again', () => {
  const window = new Duplicates(3);
  const batch = remember(window, messageOf(1));
  expect(window.has(messageOf(1), true)).toBe(true);
  window.forget(batch);
  window.forget(batch);
  expect(window.has(messageOf(1), true)).toBe(false);
  expect(window.size).toBe(0);
});

test('the window is the same after it came back from the spool, without points of our own', () => {
  const window = new Duplicates(10);
  const kept = [messageOf(1), untimed('S01 12', 1_000)];
  const own: StoredMessage = { points: [pointOf(9)], messages: 0 };
  expect(window.restore(encodeBody([...kept, own]))).toEqual(kept);
  expect(window.has(messageOf(1), false)).toBe(true);
  expect(window.has(untimed('S01 12', 9_000), true)).toBe(true);
  expect(window.size).toBe(2);
});

test('after any sequence the window holds the latest batches that were not forgotten', () => {
  const step = fc.record({
    forget: fc.boolean(),
    ask: fc.boolean(),
    numbers: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 40 }), (messagesMax, steps) => {
      const window = new Duplicates(messagesMax);
      let batches: (readonly number[])[] = [];
      for (const { forget, ask, numbers } of steps) {
        const batch = remember(window, ...numbers.map(messageOf));
        batches.push(numbers);
        while (batches.slice(1).flat().length >= messagesMax) batches = batches.slice(1);
        if (forget) {
          window.forget(batch);
          batches.pop();
        }
        // The window is read when somebody asks, so the answers must not hang on how often that is.
        if (ask) expect(heldOf(window, range(0, 13))).toEqual(sorted(batches.flat()));
        expect(window.size).toBe(batches.flat().length);
      }
      expect(heldOf(window, range(0, 13))).toEqual(sorted(batches.flat()));
    }),
  );
});

const sorted = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
