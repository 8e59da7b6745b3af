import fc from 'fast-check';
import { expect, test } from 'vitest';
import { definitionOf, fieldOf, type MeasurementName, tagsOf } from '../../../model/measurements.ts';
import { type Kind, kinds } from '../../../model/topic.ts';
import { decodeNative } from './native.ts';
import { nativeSchemas } from './schema.ts';

const measurementsOf: Readonly<Record<Kind, readonly MeasurementName[]>> = {
  seat: ['occupancy', 'device_health'],
  counter: ['occupancy', 'device_health'],
  'access-point': ['access_point'],
  probe: ['probe', 'device_health'],
  meter: ['power', 'device_health'],
  weather: ['weather', 'device_health'],
  status: ['device_health'],
};

/** What devices send in place of "I do not know", and what nobody should send. */
const distrusted = fc.constantFrom<unknown>(
  ...[-1, 255, 65_535, 4_294_967_295, 1e308, null, 'NaN', 'unknown', '12', '', [], {}],
);

/** A value of a field: mostly one that fits. */
const valueFor = (measurement: MeasurementName, name: string): fc.Arbitrary<unknown> => {
  const field = fieldOf(measurement, name);
  if (field === undefined) return distrusted;
  const { type, unit, min, max } = field;
  const whole = fc.integer({ min, max: Math.min(max, Number.MAX_SAFE_INTEGER) });
  const fitting =
    unit === 'bool' ? fc.boolean() : type === 'integer' ? whole : fc.double({ min, max, noNaN: true });
  return fc.oneof({ weight: 400, arbitrary: fitting }, { weight: 1, arbitrary: distrusted }, fc.double());
};

const partOf = (measurement: MeasurementName, keys?: readonly string[]): fc.Arbitrary<object> => {
  const names = Object.keys(definitionOf(measurement).fields).filter((name) => keys?.includes(name) ?? true);
  const values = Object.fromEntries(names.map((name) => [name, valueFor(measurement, name)]));
  return fc.record(values, { requiredKeys: [] });
};

/** A payload of a kind: its fields, parts, times, and now and then something foreign. */
const payloadOf = (kind: Kind): fc.Arbitrary<object> => {
  const keys = Object.keys(nativeSchemas[kind].shape);
  const rare = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: undefined, freq: 30 });
  const parts = <Name extends string>(part: fc.Arbitrary<object>, ...names: readonly Name[]) =>
    fc.option(fc.dictionary(fc.constantFrom(...names), part), { nil: undefined });
  return fc
    .record({
      own: fc.tuple(...measurementsOf[kind].map((measurement) => partOf(measurement, keys))),
      t: fc.option(fc.oneof(fc.integer(), fc.date({ noInvalidDate: true }), distrusted), { nil: undefined }),
      radios: kind === 'access-point' ? parts(partOf('radio'), '2.4', '5', '6') : fc.constant(undefined),
      phases: kind === 'meter' ? parts(partOf('power'), 'a', 'b', 'c') : fc.constant(undefined),
      foreign: rare(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 })),
    })
    .map(({ own, t, radios, phases, foreign }) => Object.assign({ t, radios, phases }, ...own, foreign));
};

/** Checks that what was read is finite, of the model and within its limits. Answers whether anything was read. */
const check = (kind: Kind, bytes: Uint8Array): boolean => {
  const decoded = decodeNative(`aperto/1/via-rossini/${kind}/X1`, bytes);
  if (decoded.kind !== 'readings') {
    expect(decoded.kind).toBe('rejected');
    return false;
  }
  for (const { measurement, tags, fields, time = 0 } of decoded.readings) {
    expect(Number.isFinite(time)).toBe(true);
    expect(Object.keys(fields).length).toBeGreaterThan(0);
    expect(Object.keys(tags).filter((tag) => !tagsOf(measurement).includes(tag))).toEqual([]);
    for (const [name, value] of Object.entries(fields)) {
      const field = fieldOf(measurement, name);
      expect(value).toBeGreaterThanOrEqual(field?.min ?? Number.NaN);
      expect(value).toBeLessThanOrEqual(field?.max ?? Number.NaN);
      expect(field?.type === 'float' || Number.isInteger(value)).toBe(true);
    }
  }
  return true;
};

test.each(kinds)('a %s that mostly makes sense is read or set aside, and never read wrong', (kind) => {
  let read = 0;
  fc.assert(
    fc.property(payloadOf(kind), (payload) => {
      if (check(kind, Buffer.from(JSON.stringify(payload)))) read++;
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(20);
});

test('bytes of any kind are never read wrong and never throw', () => {
  const anything = fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.object().map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array({ maxLength: 300 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...kinds), anything, (kind, bytes) => {
      expect(check(kind, bytes)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
