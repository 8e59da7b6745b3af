import { expect, test } from 'vitest';
import { definitionOf, fieldOf, type MeasurementName } from '../model/measurements.ts';
import { parseTopic } from '../model/topic.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { messages } from './messages.ts';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

/** Values by measurement, with the keys that the contract lets stand beside them taken off. */
const values = (kind: string, payload: Json): [MeasurementName, Json][] => {
  const { t: _t, radios, phases, target: _target, ...rest } = payload;
  const [radioValues, phaseValues] = [Object.values(objectOf(radios)), Object.values(objectOf(phases))];
  switch (kind) {
    case 'seat':
    case 'counter':
      return [['occupancy', rest]];
    case 'access-point':
      return [
        ['access_point', rest],
        ...radioValues.map((radio): [MeasurementName, Json] => ['radio', objectOf(radio)]),
      ];
    case 'probe':
      return [['probe', rest]];
    case 'meter':
      return [
        ['power', rest],
        ...phaseValues.map((phase): [MeasurementName, Json] => ['power', objectOf(phase)]),
      ];
    case 'weather':
      return [['weather', rest]];
    default:
      return [['device_health', rest]];
  }
};

const problemOf = (name: MeasurementName, field: string, value: unknown): string | undefined => {
  const definition = fieldOf(name, field);
  if (definition === undefined) return 'unknown field';
  if (typeof value === 'boolean') return definition.unit === 'bool' ? undefined : 'a boolean';
  if (typeof value !== 'number') return 'no number';
  if (definition.type === 'integer' && !Number.isSafeInteger(value)) return 'no whole number';
  if (value < definition.min || value > definition.max) return `out of ${definition.min}…${definition.max}`;
  return JSON.stringify(value).length > 16 ? 'not rounded' : undefined;
};

/** What only some vendors tell: the simulated access points do not. */
const vendorsOwn = ['tx_power_dbm', 'satisfaction_pct'];

/** A winter day, a Monday with its restarts, a day with an event: two hours at night, two at noon. */
const starts = [
  '2026-01-15T02:00Z',
  '2026-01-15T11:00Z',
  '2026-03-02T02:00Z',
  '2026-06-23T10:00Z',
  '2026-08-05T12:00Z',
];

test('every value by day and night, summer and winter, is a field of the model and within its limits', () => {
  const problems = new Set<string>();
  const seen = new Map<MeasurementName, Set<string>>();
  let checked = 0;
  for (const start of starts) {
    const from = Date.parse(start);
    for (const { kind, payload } of messages({ site: viaRossini, from, to: from + 7_200_000, seed: 7 })) {
      for (const [name, fields] of values(kind, objectOf(JSON.parse(String(payload))))) {
        const known = seen.get(name) ?? new Set();
        seen.set(name, known);
        for (const [field, value] of Object.entries(fields)) {
          checked++;
          known.add(field);
          const problem = problemOf(name, field, value);
          if (problem !== undefined) problems.add(`${name}.${field}: ${problem}`);
        }
      }
    }
  }
  expect([...problems]).toEqual([]);
  expect(checked).toBeGreaterThan(500_000);
  const radio = Object.keys(definitionOf('radio').fields);
  expect(radio.filter((field) => !seen.get('radio')?.has(field))).toEqual(vendorsOwn);
  const power = Object.keys(definitionOf('power').fields);
  expect(power.filter((field) => !seen.get('power')?.has(field))).toEqual([]);
});

test('the payloads have the keys of the contract and no others', () => {
  const from = Date.parse('2026-06-23T12:00:00+02:00');
  const keys = new Map<string, string>();
  for (const { kind, device, topic, payload } of messages({ site: viaRossini, from, to: from + 900_000 })) {
    expect(parseTopic(topic)).toEqual({ site: 'via-rossini', kind, device });
    const { radios, phases, ...rest }: Json = objectOf(JSON.parse(String(payload)));
    const nested = Object.keys({ ...objectOf(radios), ...objectOf(phases) });
    if (['S01', 'C1', 'AP1', 'P1', 'M1', 'M2', 'W1'].includes(device)) {
      keys.set(`${kind} ${device}`, [...Object.keys(rest), ...nested].join(' '));
    }
  }
  const power =
    'active_power_w apparent_power_va reactive_power_var voltage_v current_a power_factor frequency_hz energy_import_wh energy_export_wh';
  expect(Object.fromEntries(keys)).toEqual({
    'seat S01': 't occupied',
    'status S01': 't battery_pct battery_v signal_dbm online',
    'counter C1': 't people in_total out_total',
    'access-point AP1': 't clients uptime_s cpu_pct memory_pct uplink_mbit_s 5 6 2.4',
    'probe P1': 't target latency_ms jitter_ms loss_pct',
    'meter M1': `t ${power} a b c`,
    'meter M2': `t ${power} a`,
    'weather W1':
      't temperature_c humidity_pct pressure_hpa wind_m_s rain_mm_h illuminance_lx noise_dba pm25_ug_m3 co2_ppm',
  });
});
