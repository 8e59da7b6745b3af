import { expect, test } from 'vitest';
import type { FieldDefinition } from './measurement.ts';
import {
  commonTags,
  definitionOf,
  fieldOf,
  isMeasurementName,
  measurementNames,
  tagsOf,
} from './measurements.ts';
import type { Unit } from './unit.ts';

/** How a name ends by its unit. What has no dimension, counts things or answers yes or no needs no ending. */
const endings: Readonly<Record<Unit, string | undefined>> = {
  '1': undefined,
  bool: undefined,
  persons: undefined,
  clients: undefined,
  '%': '_pct',
  s: '_s',
  ms: '_ms',
  B: '_bytes',
  'Mbit/s': '_mbit_s',
  W: '_w',
  VA: '_va',
  var: '_var',
  V: '_v',
  A: '_a',
  A·ms: undefined,
  Hz: '_hz',
  Wh: '_wh',
  VAh: '_vah',
  dBm: '_dbm',
  dB: '_db',
  '°C': '_c',
  hPa: '_hpa',
  'm/s': '_m_s',
  'mm/h': '_mm_h',
  lx: '_lx',
  'dB(A)': '_dba',
  'µg/m³': '_ug_m3',
  ppm: '_ppm',
};

const fields = measurementNames.flatMap((measurement) =>
  Object.entries(definitionOf(measurement).fields).map(([name, field]): [string, string, FieldDefinition] => [
    measurement,
    name,
    field,
  ]),
);

test('the sweep below goes over all eight measurements and their fields', () => {
  expect(measurementNames).toEqual([
    'occupancy',
    'access_point',
    'radio',
    'probe',
    'power',
    'weather',
    'device_health',
    'pipeline',
  ]);
  expect(fields.length).toBeGreaterThan(50);
});

test.each(fields)('%s.%s is one type, one unit, within limits, described', (_, name, field) => {
  expect(name).toMatch(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/);
  expect(field.min).toBeLessThan(field.max);
  expect(Number.isFinite(field.min) && Number.isFinite(field.max)).toBe(true);
  expect(field.description).toMatch(/^[A-Z].{5,}\.$/);
  expect(name.endsWith(endings[field.unit] ?? '')).toBe(true);
  if (field.type === 'integer') {
    expect(Number.isSafeInteger(field.min) && Number.isSafeInteger(field.max)).toBe(true);
  }
  if (field.unit === 'bool') expect([field.type, field.min, field.max]).toEqual(['integer', 0, 1]);
  if (field.unit === '%') expect([field.min, field.max]).toEqual([0, 100]);
  if (field.behaviour === 'counter') expect(field.min).toBe(0);
});

test('no name ends in a unit that its field does not have', () => {
  const others = Object.entries(endings).filter(([, ending]) => ending !== undefined);
  const wrong = fields.filter(([, name, { unit }]) => {
    const longest = others
      .filter(([, ending]) => name.endsWith(ending ?? ' '))
      .sort(([, a = ''], [, b = '']) => b.length - a.length)[0];
    return longest !== undefined && longest[0] !== unit;
  });
  expect(wrong.map(([measurement, name]) => `${measurement}.${name}`)).toEqual([]);
});

test('a name means the same unit in every measurement', () => {
  const units = new Map<string, Set<string>>();
  for (const [, name, { unit }] of fields) units.set(name, (units.get(name) ?? new Set()).add(unit));
  expect([...units].filter(([, all]) => all.size > 1)).toEqual([]);
});

test('every measurement is described, named as it is found, and keeps its tags apart from the common ones', () => {
  for (const name of measurementNames) {
    const { description, tags, name: own } = definitionOf(name);
    expect(own).toBe(name);
    expect(description).toMatch(/\.$/);
    expect(tagsOf(name)).toEqual([...commonTags, ...Object.keys(tags)]);
    expect(new Set(tagsOf(name)).size).toBe(tagsOf(name).length);
    for (const values of Object.values(tags)) expect(values?.length).not.toBe(0);
  }
});

test('the names that checks from outside rely on', () => {
  expect(Object.keys(definitionOf('power').fields)).toEqual([
    'active_power_w',
    'apparent_power_va',
    'reactive_power_var',
    'voltage_v',
    'current_a',
    'power_factor',
    'frequency_hz',
    'energy_import_wh',
    'energy_export_wh',
  ]);
  expect(Object.keys(definitionOf('probe').fields)).toEqual(['latency_ms', 'jitter_ms', 'loss_pct']);
  expect(tagsOf('radio')).toEqual(['site', 'zone', 'device', 'band']);
  expect(definitionOf('power').tags.phase).toEqual(['total', 'a', 'b', 'c']);
});

test('what every object has is neither a measurement nor a field', () => {
  expect(isMeasurementName('constructor')).toBe(false);
  expect(isMeasurementName('power')).toBe(true);
  expect(fieldOf('power', 'constructor')).toBeUndefined();
  expect(fieldOf('power', 'voltage_v')?.unit).toBe('V');
});
