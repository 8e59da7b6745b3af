import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryOf, pointOf, range } from '../test/support/spool.ts';
import { Duplicates } from './duplicates.ts';
import { decodeBatch, encodeBatch, toEntry } from './spool/entry.ts';

/** A message without a believed time: its points carry the receive time. */
const untimed = (origin: string, receivedAt: number) =>
  toEntry({ origin, points: [{ ...pointOf(1), time: receivedAt }] });

test('a message with a believed time is a repeat word for word, whoever sends it and however', () => {
  const window = new Duplicates(10);
  expect(window.has(entryOf(1), false)).toBe(false);
  window.remember(entryOf(1));
  expect(window.has(entryOf(1), false)).toBe(true);
  expect(window.has(entryOf(1), true)).toBe(true);
  expect(window.has(entryOf(2), true)).toBe(false);
});

test('a message without a time is a repeat when the same client sends the same packet again', () => {
  const window = new Duplicates(10);
  window.remember(untimed('S01 12', 1_000));
  expect(window.has(untimed('S01 12', 2_000), true)).toBe(true);
  expect(window.has(untimed('S01 12', 2_000), false)).toBe(false);
  expect(window.has(untimed('S01 13', 2_000), true)).toBe(false);
  expect(window.has(untimed('S02 12', 2_000), true)).toBe(false);
  const other = toEntry({ origin: 'S01 12', points: [{ ...pointOf(2), time: 2_000 }] });
  expect(window.has(other, true)).toBe(false);
});

test('the oldest leaves a full window, and no other', () => {
  const window = new Duplicates(3);
  for (const number of range(0, 5)) window.remember(entryOf(number));
  expect(range(0, 5).map((number) => window.has(entryOf(number), false))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
  expect(window.size).toBe(3);
});

test('what failed to become durable is no repeat when it comes again', () => {
  const window = new Duplicates(3);
  window.remember(entryOf(1));
  window.forget(entryOf(1));
  expect(window.has(entryOf(1), true)).toBe(false);
  expect(window.size).toBe(0);
  window.forget(entryOf(2));
  expect(window.size).toBe(0);
});

test('what failed once and came again stays for a whole window', () => {
  const window = new Duplicates(3);
  window.remember(entryOf(0));
  window.forget(entryOf(0));
  window.remember(entryOf(0));
  window.remember(entryOf(1));
  window.remember(entryOf(2));
  expect(range(0, 3).map((number) => window.has(entryOf(number), false))).toEqual([true, true, true]);
});

test('the window is the same after it came back from the spool', () => {
  const window = new Duplicates(10);
  const entries = [entryOf(1), untimed('S01 12', 1_000)];
  for (const message of decodeBatch(encodeBatch(entries.map(({ text }) => text)))) {
    window.remember(toEntry(message));
  }
  expect(window.has(entryOf(1), false)).toBe(true);
  expect(window.has(untimed('S01 12', 9_000), true)).toBe(true);
  expect(window.size).toBe(2);
});

test('after any sequence the window holds the latest so many that were not forgotten', () => {
  const step = fc.record({ forget: fc.boolean(), number: fc.integer({ min: 0, max: 12 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (messagesMax, steps) => {
      const window = new Duplicates(messagesMax);
      let latest: number[] = [];
      let slots: (number | undefined)[] = [];
      for (const { forget, number } of steps) {
        slots = slots.map((held) => (held === number ? undefined : held));
        if (forget) window.forget(entryOf(number));
        else {
          window.remember(entryOf(number));
          slots = [...slots, number].slice(-messagesMax);
        }
        latest = slots.filter((held) => held !== undefined);
        expect(range(0, 13).filter((held) => window.has(entryOf(held), false))).toEqual(
          latest.toSorted((a, b) => a - b),
        );
        expect(window.size).toBe(latest.length);
      }
    }),
  );
});
