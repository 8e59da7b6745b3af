/** A unit of SenML in the spelling of `dimension.ts`. Others of its registry measure what the model has not. */
interface SenmlUnit {
  readonly unit: string;
  /** Converts first what has no spelling there. */
  readonly factor?: number;
  /** What it measures where the name does not say. */
  readonly usual?: string;
}

/** RFC 8428 §12.1 and the secondary units of RFC 8798. `C`, `F`, `S` and `H` are no temperatures and times there. */
const units: Readonly<Record<string, SenmlUnit>> = {
  Cel: { unit: '°C', usual: 'temperature' },
  K: { unit: 'K', usual: 'temperature' },
  '%RH': { unit: '%', usual: 'humidity' },
  '%EL': { unit: '%', usual: 'battery' },
  '/': { unit: '%', factor: 100 },
  '%': { unit: '%' },
  '/100': { unit: '%' },
  count: { unit: '#' },
  W: { unit: 'W', usual: 'power' },
  kW: { unit: 'kW', usual: 'power' },
  VA: { unit: 'VA', usual: 'apparent power' },
  kVA: { unit: 'kVA', usual: 'apparent power' },
  var: { unit: 'var', usual: 'reactive power' },
  kvar: { unit: 'kvar', usual: 'reactive power' },
  V: { unit: 'V', usual: 'voltage' },
  mV: { unit: 'mV', usual: 'voltage' },
  A: { unit: 'A', usual: 'current' },
  mA: { unit: 'mA', usual: 'current' },
  Hz: { unit: 'Hz' },
  J: { unit: 'J', usual: 'energy' },
  Wh: { unit: 'Wh', usual: 'energy' },
  kWh: { unit: 'kWh', usual: 'energy' },
  lx: { unit: 'lx', usual: 'illuminance' },
  dB: { unit: 'dB' },
  dBm: { unit: 'dBm', usual: 'rssi' },
  Pa: { unit: 'Pa' },
  hPa: { unit: 'hPa', usual: 'air pressure' },
  'm/s': { unit: 'm/s' },
  'km/h': { unit: 'km/h' },
  'mm/h': { unit: 'mm/h', usual: 'rain' },
  'ug/m3': { unit: 'ug/m3' },
  ppm: { unit: 'ppm' },
  s: { unit: 's' },
  min: { unit: 'min' },
  h: { unit: 'h' },
};

export const senmlUnit = (unit: string): SenmlUnit | undefined =>
  Object.hasOwn(units, unit) ? units[unit] : undefined;
