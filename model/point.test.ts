import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergePoints, type Point, pointKey, seriesKey, type Tags } from './point.ts';

const seat: Point = {
  measurement: 'occupancy',
  tags: { site: 'via-rossini', zone: 'teatro', device: 'S07', kind: 'seat' },
  fields: { occupied: 1 },
  time: 1_782_201_600_000,
};

test('the order in which tags were written does not matter', () => {
  const { kind = '', ...others } = seat.tags;
  expect(seriesKey('occupancy', { kind, ...others })).toBe(seriesKey('occupancy', seat.tags));
});

test('another measurement, tag or time is another point', () => {
  const keys = [
    seat,
    { ...seat, measurement: 'device_health' as const },
    { ...seat, tags: { ...seat.tags, kind: 'counter' } },
    { ...seat, tags: { ...seat.tags, device: 'S08' } },
    { ...seat, time: seat.time + 1 },
  ].map(pointKey);
  expect(new Set(keys).size).toBe(5);
  expect(pointKey({ ...seat, fields: { occupied: 0 } })).toBe(keys[0]);
});

test('a tag that does not belong to the measurement is no part of the identity', () => {
  expect(seriesKey('occupancy', { ...seat.tags, band: '5' })).toBe(seriesKey('occupancy', seat.tags));
});

test('different tags never have the same key, whatever their values hold', () => {
  const odd = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '\u0000', '\u0001', '\u0002', '/', ':', '') }),
    fc.string({ unit: 'binary' }),
  );
  const tags = fc.record({ site: odd, zone: odd, device: odd, target: odd });
  fc.assert(
    fc.property(tags, tags, fc.integer({ min: 0, max: 9 }), (a, b, time) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(seriesKey('probe', a) === seriesKey('probe', b)).toBe(same);
      const keys = [a, b].map((each) => pointKey({ measurement: 'probe', tags: each, fields: {}, time }));
      expect(keys[0] === keys[1]).toBe(same);
    }),
    { numRuns: 2_000 },
  );
});

test('a border between tags cannot be moved', () => {
  const key = (zone: string, device: string): string => seriesKey('weather', { site: 's', zone, device });
  const tags: Tags[] = [
    { site: 's', zone: 'a\u0000b', device: 'c' },
    { site: 's', zone: 'a', device: 'b\u0000c' },
  ];
  expect(new Set(tags.map((each) => seriesKey('weather', each))).size).toBe(2);
  expect(key('a\u0001', 'b')).not.toBe(key('a', '\u0001b'));
});

test('keys sort as their tags do', () => {
  const keys = ['', 'A', 'A1', 'A10', 'A2', 'B', 'Z', 'a'].map((device) =>
    seriesKey('weather', { site: 's', zone: 'z', device }),
  );
  expect(keys.toSorted()).toEqual(keys);
});

test('two points of one identity become one: all fields, the later word wins', () => {
  const later = { ...seat, fields: { people: 2, occupied: 0 } };
  expect(mergePoints({ ...seat, fields: { occupied: 1, dwell_s: 5 } }, later)).toEqual({
    ...seat,
    fields: { occupied: 0, dwell_s: 5, people: 2 },
  });
});
