import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../../model/point.ts';
import { messageOf, pointOf } from '../../test/support/spool.ts';
import { decodeBody, encodeBody } from './body.ts';

test('a body is encoded as the page above the code says', () => {
  const { tags } = pointOf(3);
  const other = pointOf(4, 'S02');
  const messages = [
    { points: [pointOf(3), { ...pointOf(5), tags }] },
    { origin: 'client 12', points: [{ ...other, fields: { people: 2, occupied: 1 } }] },
    { messages: 0 as const, points: [{ ...pointOf(6), tags: other.tags }] },
  ];
  expect(JSON.parse(encodeBody(messages))).toEqual({
    series: [
      ['occupancy', pointOf(3).tags],
      ['occupancy', tags],
      ['occupancy', other.tags],
    ],
    shapes: [['occupied'], ['people', 'occupied']],
    since: 3,
    points: [0, 0, 0, 1, 1, 2, 0, 1, 2, 1, 1, 2, 1, 2, 3, 0, 0],
    counts: [2, 1, 1],
    origins: { 1: 'client 12' },
    own: [2],
  });
});

test('a body gives back its messages in order', () => {
  const messages = [
    messageOf(1),
    { origin: 'a', points: [pointOf(2), pointOf(3)] },
    { messages: 0 as const, points: [pointOf(4)] },
    { points: [] },
  ];
  expect(decodeBody(encodeBody(messages))).toEqual(messages);
  expect(decodeBody(encodeBody([]))).toEqual([]);
});

test('a body of the version before is read too', () => {
  const messages = [{ origin: 'a', points: [pointOf(1)] }, { points: [pointOf(2)] }];
  expect(decodeBody(JSON.stringify(messages))).toEqual(messages);
});

test('whatever the messages hold, the body gives it back; series that share their tags do not mix', () => {
  const number = fc
    .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
    .map((n) => n + 0);
  const shared = { site: 'a', device: 'b' };
  const point: fc.Arbitrary<Point> = fc.record({
    measurement: fc.constantFrom('power', 'probe'),
    tags: fc.oneof(
      fc.constant(shared),
      fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), { noNullPrototype: true }),
    ),
    fields: fc.record(
      { active_power_w: number, voltage_v: number },
      { requiredKeys: [], noNullPrototype: true },
    ),
    time: fc.integer(),
  });
  const message = fc.record(
    { origin: fc.string(), points: fc.array(point) },
    { requiredKeys: ['points'], noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      expect(decodeBody(encodeBody(messages))).toEqual(messages);
    }),
  );
});
