import type { SourceUnit } from '../../source-unit.ts';

/** Units by their common code [UN/CEFACT Recommendation 20], as `unitCode` gives them. */
const unitCodes: Readonly<Record<string, SourceUnit>> = {
  C62: '1',
  P1: '%',
  SEC: 's',
  MIN: 'min',
  HUR: 'h',
  WTT: 'W',
  KWT: 'kW',
  MAW: 'MW',
  D46: 'VA',
  VA: 'VA',
  KVA: 'kVA',
  D44: 'var',
  KVR: 'kvar',
  VLT: 'V',
  '2Z': 'mV',
  AMP: 'A',
  '4K': 'mA',
  HTZ: 'Hz',
  WHR: 'Wh',
  KWH: 'kWh',
  MWH: 'MWh',
  JOU: 'J',
  CEL: '°C',
  FAH: '°F',
  KEL: 'K',
  A97: 'hPa',
  MBR: 'hPa',
  PAL: 'Pa',
  KPA: 'kPa',
  MTS: 'm/s',
  KMH: 'km/h',
  KNT: 'kn',
  LUX: 'lx',
  '2N': 'dB',
  '59': 'ppm',
  GQ: 'µg/m³',
  GP: 'mg/m³',
  DBM: 'dBm',
};

/** The unit of a code, or `undefined` for one that no figure of the model has. */
export const unitOfCode = (code: string): SourceUnit | undefined =>
  Object.hasOwn(unitCodes, code) ? unitCodes[code] : undefined;
