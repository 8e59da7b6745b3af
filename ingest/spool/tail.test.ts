import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Tail } from './tail.ts';

const rows = (...messages: readonly number[]) =>
  messages.map((count, index) => ({ id: index + 1, messages: count }));
const tailOf = (messagesMax: number, ...messages: readonly number[]): Tail => {
  const tail = new Tail(messagesMax);
  for (const row of rows(...messages)) tail.push(row.id, row.messages);
  return tail;
};

test('nothing goes while the window is not full', () => {
  expect(tailOf(10).forgettable(rows(3, 3))).toBeUndefined();
  expect(tailOf(10).forgettable(rows(10))).toBeUndefined();
});

test('the oldest batch goes once the younger ones cover the window', () => {
  expect(tailOf(10).forgettable(rows(3, 5, 5))).toBe(1);
  expect(tailOf(10).forgettable(rows(3, 5, 4))).toBeUndefined();
  expect(tailOf(10, 3, 5).forgettable([{ id: 3, messages: 10 }])).toBe(2);
});

test('an empty window keeps nothing', () => {
  expect(tailOf(0).forgettable(rows(1, 1, 1))).toBe(3);
});

test('batches without messages go when the older ones do', () => {
  expect(tailOf(2).forgettable(rows(0, 0, 2))).toBe(2);
});

test('whatever comes in whatever rounds, what is kept covers the window and no batch could go more', () => {
  const rounds = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), rounds, (messagesMax, all) => {
      const tail = new Tail(messagesMax);
      let kept: { id: number; messages: number }[] = [];
      let id = 0;
      for (const round of all) {
        const coming = round.map((messages) => ({ id: ++id, messages }));
        const forget = tail.forgettable(coming);
        for (const row of coming) tail.push(row.id, row.messages);
        const before = [...kept, ...coming];
        kept = before.filter((row) => forget === undefined || row.id > forget);
        const sum = (list: typeof kept): number => list.reduce((total, row) => total + row.messages, 0);
        expect(sum(kept)).toBeGreaterThanOrEqual(Math.min(messagesMax, sum(before)));
        expect(sum(kept.slice(1))).toBeLessThan(messagesMax);
      }
    }),
  );
});
