import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketIds } from './packet-ids.ts';

const few = fc.constantFrom(1, 2, 31, 32, 33, 63, 64, 4_096, 65_534, 65_535);
const many = fc.integer({ min: 1, max: 200 });

test.each([
  ['few ids', few],
  ['more than are kept one by one', many],
])('it is a set of the ids that MQTT has: %s', (_, id) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ max: 3, min: 0 }), id), { maxLength: 300 }), (steps) => {
      const ids = new PacketIds();
      const expected = new Set<number>();
      for (const [kind, each] of steps) {
        if (kind === 0) expect(ids.delete(each)).toBe(expected.delete(each));
        else {
          ids.add(each);
          expected.add(each);
        }
        expect([ids.size, ids.has(each)]).toEqual([expected.size, expected.has(each)]);
      }
    }),
  );
});

test('it holds all of them at once', () => {
  const ids = new PacketIds();
  for (let id = 1; id <= 65_535; id++) ids.add(id);
  expect(ids.size).toBe(65_535);
  for (let id = 1; id <= 65_535; id++) ids.delete(id);
  expect([ids.size, ids.has(1), ids.has(65_535)]).toEqual([0, false, false]);
});
