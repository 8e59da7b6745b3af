import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../../model/point.ts';
import { entryOf, pointOf } from '../../test/support/spool.ts';
import { decodeBatch, encodeBatch, toEntry } from './entry.ts';

test('an entry is encoded as the page above the code says', () => {
  expect(toEntry({ origin: 'client 12', points: [pointOf(3)] }).text).toBe(
    '{"origin":"client 12","points":[{"measurement":"occupancy",' +
      '"tags":{"site":"via-rossini","zone":"teatro","device":"S01","kind":"seat"},' +
      '"fields":{"occupied":1},"time":3}]}',
  );
  expect(toEntry({ messages: 0, points: [] }).text).toBe('{"messages":0,"points":[]}');
});

test('a batch gives back its messages in order', () => {
  const entries = [entryOf(1), toEntry({ origin: 'a', points: [pointOf(2), pointOf(3)] }), entryOf(4)];
  expect(decodeBatch(encodeBatch(entries.map(({ text }) => text)))).toEqual([
    { points: [pointOf(1)] },
    { origin: 'a', points: [pointOf(2), pointOf(3)] },
    { points: [pointOf(4)] },
  ]);
});

test('a message that comes back from the file is known by the same text as the first time', () => {
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  const point: fc.Arbitrary<Point> = fc.record({
    measurement: fc.constantFrom('power', 'probe'),
    tags: fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
    fields: fc.record({ active_power_w: number, voltage_v: number }, { requiredKeys: [] }),
    time: fc.integer(),
  });
  fc.assert(
    fc.property(fc.array(point), fc.option(fc.string(), { nil: undefined }), (points, origin) => {
      const entry = toEntry({ origin, points });
      const [back] = decodeBatch(encodeBatch([entry.text]));
      expect(back === undefined ? '' : toEntry(back).text).toBe(entry.text);
    }),
  );
});
