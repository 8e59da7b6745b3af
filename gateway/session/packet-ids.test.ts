import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketIds } from './packet-ids.ts';

test('it is a set of the ids that MQTT has', () => {
  const step = fc.tuple(fc.boolean(), fc.constantFrom(1, 2, 31, 32, 33, 63, 64, 4_096, 65_534, 65_535));
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const ids = new PacketIds();
      const expected = new Set<number>();
      for (const [add, id] of steps) {
        if (!add) expect(ids.delete(id)).toBe(expected.delete(id));
        else {
          ids.add(id);
          expected.add(id);
        }
        expect([ids.size, ids.has(id)]).toEqual([expected.size, expected.has(id)]);
      }
    }),
  );
});
