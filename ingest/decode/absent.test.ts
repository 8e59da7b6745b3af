import { expect, test } from 'vitest';
import type { MeasurementName } from '../../model/measurements.ts';
import { Gatherer } from './measure.ts';
import type { Rule } from './rule.ts';

const one = (
  measurement: MeasurementName,
  field: string,
  value: unknown,
  absent?: readonly number[],
): number | string | undefined => {
  const found: Rule = { path: ['x'], unit: '1', measurement, field, tags: {}, text: true };
  const marked = absent === undefined ? found : { ...found, absent };
  const decoded = new Gatherer().take({ device: 'd' }, marked, value).decoded();
  return decoded.kind === 'readings' ? decoded.readings[0]?.fields[field] : decoded.kind;
};

test.each([
  ['weather', 'illuminance_lx', 65_535],
  ['occupancy', 'in_total', 65_535],
  ['occupancy', 'out_total', '65535'],
  ['power', 'energy_import_wh', 65_535],
  ['power', 'energy_export_wh', 4_294_967_295],
  ['power', 'active_power_w', 65_535],
  ['device_health', 'uptime_s', 65_535],
  ['radio', 'tx_bytes', 4_294_967_295],
] as const)('%s.%s really comes by %s', (measurement, field, value) => {
  expect(one(measurement, field, value)).toBe(Number(value));
  expect(one(measurement, field, value, [Number(value)])).toBe('nothing');
});

test.each([
  ['occupancy', 'people', 65_535],
  ['occupancy', 'in_count', 65_535],
  ['device_health', 'battery_v', 65_535],
  ['weather', 'co2_ppm', 65_535],
  ['weather', 'co2_ppm', '4294967295'],
  ['access_point', 'clients', 65_535],
] as const)('in %s.%s %s is the mark of an empty register, and no fault', (measurement, field, value) => {
  expect(one(measurement, field, value)).toBe('nothing');
});
