import { fieldOf, type MeasurementName } from '../../model/measurements.ts';
import type { Unit } from '../../model/unit.ts';
import type { SourceUnit } from './source-unit.ts';

/** Which units devices may speak where the model has the given one. */
const unitsOf: Readonly<Partial<Record<Unit, readonly SourceUnit[]>>> = {
  '1': ['1', 'percent as ratio'],
  bool: ['bool'],
  persons: ['persons'],
  clients: ['clients'],
  '%': ['%', 'ratio', 'per mille'],
  s: ['s', 'ms as s', 'min', 'h', 'd'],
  ms: ['ms', 'µs as ms', 's as ms'],
  W: ['W', 'kW', 'mW', 'MW'],
  VA: ['VA', 'kVA'],
  var: ['var', 'kvar'],
  V: ['V', 'mV', 'kV'],
  A: ['A', 'mA'],
  Hz: ['Hz'],
  Wh: ['Wh', 'kWh', 'mWh', 'MWh', 'J', 'kJ', 'MJ'],
  dBm: ['dBm'],
  dB: ['dB'],
  '°C': ['°C', '°F', 'K'],
  hPa: ['hPa', 'Pa', 'kPa', 'mmHg', 'inHg'],
  'm/s': ['m/s', 'km/h', 'kn', 'mph', 'ft/s'],
  'mm/h': ['mm/h'],
  lx: ['lx'],
  'dB(A)': ['dB(A)'],
  'µg/m³': ['µg/m³', 'mg/m³'],
  ppm: ['ppm'],
};

/** True where a source unit measures what a field of the model measures. */
export const fits = (unit: SourceUnit, measurement: MeasurementName, field: string): boolean => {
  const target = fieldOf(measurement, field)?.unit;
  return target !== undefined && unitsOf[target]?.includes(unit) === true;
};

/** Spellings of units, as symbols or names, in lower case without blanks. What is written exactly goes first. */
const spellings: Readonly<Record<string, SourceUnit>> = {
  w: 'W',
  watt: 'W',
  watts: 'W',
  kw: 'kW',
  kilowatt: 'kW',
  kilowatts: 'kW',
  wh: 'Wh',
  'w.h': 'Wh',
  watthour: 'Wh',
  watthours: 'Wh',
  kwh: 'kWh',
  'kw.h': 'kWh',
  kilowatthour: 'kWh',
  kilowatthours: 'kWh',
  j: 'J',
  joule: 'J',
  kj: 'kJ',
  va: 'VA',
  kva: 'kVA',
  var: 'var',
  kvar: 'kvar',
  v: 'V',
  volt: 'V',
  volts: 'V',
  kv: 'kV',
  a: 'A',
  amp: 'A',
  amps: 'A',
  ampere: 'A',
  amperes: 'A',
  hz: 'Hz',
  hertz: 'Hz',
  '%': '%',
  pct: '%',
  percent: '%',
  '%rh': '%',
  '%r.h.': '%',
  rh: '%',
  '°c': '°C',
  ºc: '°C',
  '℃': '°C',
  degc: '°C',
  degreescelsius: '°C',
  degreecelsius: '°C',
  celsius: '°C',
  cel: '°C',
  c: '°C',
  '°f': '°F',
  ºf: '°F',
  '℉': '°F',
  degf: '°F',
  fahrenheit: '°F',
  degreesfahrenheit: '°F',
  f: '°F',
  k: 'K',
  kelvin: 'K',
  pa: 'Pa',
  hpa: 'hPa',
  mbar: 'hPa',
  kpa: 'kPa',
  mmhg: 'mmHg',
  inhg: 'inHg',
  'm/s': 'm/s',
  'km/h': 'km/h',
  kmh: 'km/h',
  kn: 'kn',
  knots: 'kn',
  mph: 'mph',
  'mm/h': 'mm/h',
  lx: 'lx',
  lux: 'lx',
  db: 'dB',
  'db(a)': 'dB(A)',
  dba: 'dB(A)',
  dbm: 'dBm',
  'µg/m³': 'µg/m³',
  'μg/m³': 'µg/m³',
  'ug/m3': 'µg/m³',
  'µg/m3': 'µg/m³',
  'μg/m3': 'µg/m³',
  'mg/m³': 'mg/m³',
  'mg/m3': 'mg/m³',
  ppm: 'ppm',
  s: 's',
  sec: 's',
  seconds: 's',
  min: 'min',
  h: 'h',
  persons: 'persons',
  person: 'persons',
  people: 'persons',
};

/** Prefixes that lower case would make one: a thousandth and a million. */
const exact: Readonly<Record<string, SourceUnit>> = {
  mW: 'mW',
  MW: 'MW',
  mWh: 'mWh',
  MWh: 'MWh',
  mV: 'mV',
  mA: 'mA',
  ms: 'ms',
  MJ: 'MJ',
};

/** The unit that a device wrote as text, or `undefined` where it is none that the model can hold. */
export const toSourceUnit = (written: string): SourceUnit | undefined => {
  const text = written.trim();
  if (text.length > 32) return undefined;
  if (Object.hasOwn(exact, text)) return exact[text];
  const key = text.toLowerCase().replace(/\s+/g, '');
  return Object.hasOwn(spellings, key) ? spellings[key] : undefined;
};
