import { valueAt } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';
import type { SourceUnit } from '../../source-unit.ts';

type Units = Readonly<Record<string, SourceUnit>>;
const temperatureUnits: Units = { C: '°C', F: '°F' };
const pressureUnits: Units = { hPa: 'hPa', mmHg: 'mmHg', inHg: 'inHg' };
const speedUnits: Units = { 'm/s': 'm/s', 'km/h': 'km/h', kn: 'kn', mph: 'mph', 'ft/s': 'ft/s' };

/** The unit that the key beside the sensors names; `undefined` where nobody knows that unit. */
const unitOf = (payload: unknown, key: string, units: Units, usual: SourceUnit): SourceUnit | undefined => {
  const name = valueAt(payload, [key]);
  if (typeof name !== 'string') return usual;
  return Object.hasOwn(units, name) ? units[name] : undefined;
};

const plain = [
  rule('Humidity', '%', 'weather', 'humidity_pct'),
  rule('Illuminance', 'lx', 'weather', 'illuminance_lx'),
  rule('Lux', 'lx', 'weather', 'illuminance_lx'),
  rule('CarbonDioxide', 'ppm', 'weather', 'co2_ppm'),
  rule(['PM2.5'], 'µg/m³', 'weather', 'pm25_ug_m3'),
  rule('PM2_5', 'µg/m³', 'weather', 'pm25_ug_m3'),
];

const known = new Map<string, readonly Rule[]>();

/** Rules for any sensor of a device, in the units in which the device shows its values. */
export const sensorRules = (payload: unknown): readonly Rule[] => {
  const temperature = unitOf(payload, 'TempUnit', temperatureUnits, '°C');
  const pressure = unitOf(payload, 'PressureUnit', pressureUnits, 'hPa');
  const speed = unitOf(payload, 'SpeedUnit', speedUnits, 'km/h');
  const key = `${temperature} ${pressure} ${speed}`;
  let rules = known.get(key);
  if (rules === undefined) {
    rules = [
      ...plain,
      ...(temperature === undefined ? [] : [rule('Temperature', temperature, 'weather', 'temperature_c')]),
      ...(pressure === undefined ? [] : [rule('Pressure', pressure, 'weather', 'pressure_hpa')]),
      ...(speed === undefined ? [] : [rule('Speed.Avg', speed, 'weather', 'wind_m_s')]),
    ];
    known.set(key, rules);
  }
  return rules;
};

const chip = {
  C: [rule('Temperature', '°C', 'device_health', 'temperature_c')],
  F: [rule('Temperature', '°F', 'device_health', 'temperature_c')],
};

/** The processor's own temperature. */
export const chipRules = (payload: unknown): readonly Rule[] =>
  chip[valueAt(payload, ['TempUnit']) === 'F' ? 'F' : 'C'];
