import { expect, test } from 'vitest';
import { decodeNative } from './native.ts';

const topic = 'aperto/1/via-rossini/seat/S07';
const decode = (t: unknown) => decodeNative(topic, Buffer.from(JSON.stringify({ t, occupied: true })));

test.each<[unknown, number]>([
  ['2026-06-23T08:00:00Z', 1_782_201_600_000],
  ['2026-06-23T08:00:00.5Z', 1_782_201_600_500],
  ['2026-06-23T08:00:00.123456789Z', 1_782_201_600_123],
  ['2026-06-23T10:00:00+02:00', 1_782_201_600_000],
  ['2026-06-22T22:30:00-09:30', 1_782_201_600_000],
  ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ['1970-01-01T00:00:00Z', 0],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ['9999-12-31T23:59:59Z', 253_402_300_799_000],
  [1_782_201_600_000, 1_782_201_600_000],
  [0, 0],
  [-1, -1],
])('%j is a time', (t, time) => {
  expect(decode(t)).toMatchObject({ kind: 'readings', readings: [{ time }] });
});

test.each<[unknown]>([
  ['2026-02-30T08:00:00Z'],
  ['2026-02-29T08:00:00Z'],
  ['2026-13-01T08:00:00Z'],
  ['2026-06-23T24:00:00Z'],
  ['2026-06-23T08:60:00Z'],
  ['2026-06-23T08:00:00'],
  ['2026-06-23'],
  ['23/06/2026 08:00'],
  ['08:00:00'],
  ['2026-06-23T08:00:00+25:00'],
  ['1782201600000'],
  ['now'],
  [''],
  [' 2026-06-23T08:00:00Z'],
  [1_782_201_600_000.5],
  [2 ** 53],
  [1e300],
  [true],
  [null],
  [[1_782_201_600_000]],
  [{ ms: 1_782_201_600_000 }],
])('%j is no time', (t) => {
  expect(decode(t)).toMatchObject({
    kind: 'rejected',
    reason: 'bad_time',
    detail: expect.stringMatching(/^t: .*send RFC 3339 with an offset or epoch milliseconds/),
  });
});
