/** Units that devices speak, each with the way to the model's base unit. Conversions happen here and nowhere else. */
const scale = (factor: number) => (value: number) => value * factor;
const same = (value: number): number => value;

export const sourceUnits = {
  '1': same,
  bool: same,
  persons: same,
  clients: same,
  '%': same,
  /** 0..1 where the model has per cent. */
  ratio: scale(100),
  /** Per cent where the model has a ratio, e.g. a power factor of 98 %. */
  'percent as ratio': scale(0.01),
  'per mille': scale(0.1),
  /** Channel utilization in a beacon: 255 is all of the time [IEEE 802.11-2020 §9.4.2.27]. */
  '/255': scale(100 / 255),
  s: same,
  ms: same,
  'ms as s': scale(0.001),
  'µs as ms': scale(0.001),
  's as ms': scale(1_000),
  min: scale(60),
  h: scale(3_600),
  d: scale(86_400),
  B: same,
  kB: scale(1_000),
  KiB: scale(1_024),
  'Mbit/s': same,
  'kbit/s': scale(0.001),
  'bit/s': scale(1e-6),
  W: same,
  kW: scale(1_000),
  MW: scale(1e6),
  mW: scale(0.001),
  VA: same,
  kVA: scale(1_000),
  var: same,
  kvar: scale(1_000),
  V: same,
  mV: scale(0.001),
  kV: scale(1_000),
  A: same,
  mA: scale(0.001),
  Hz: same,
  Wh: same,
  kWh: scale(1_000),
  MWh: scale(1e6),
  mWh: scale(0.001),
  W·min: scale(1 / 60),
  J: scale(1 / 3_600),
  kJ: scale(1 / 3.6),
  MJ: scale(1_000 / 3.6),
  dBm: same,
  dB: same,
  '°C': same,
  '°F': (value: number) => ((value - 32) * 5) / 9,
  K: (value: number) => value - 273.15,
  hPa: same,
  Pa: scale(0.01),
  kPa: scale(10),
  mmHg: scale(1.333_223_874_15),
  inHg: scale(33.863_886_666_7),
  'm/s': same,
  'km/h': scale(1 / 3.6),
  kn: scale(1_852 / 3_600),
  mph: scale(0.447_04),
  'ft/s': scale(0.304_8),
  'mm/h': same,
  lx: same,
  'dB(A)': same,
  'µg/m³': same,
  'mg/m³': scale(1_000),
  ppm: same,
  /** LoRaWAN device status: 0 external power, 1..254 battery, 255 unknown [LoRaWAN 1.0.4 §5.5]. */
  'battery/254': (value: number) => (value >= 1 && value <= 254 ? ((value - 1) / 253) * 100 : Number.NaN),
} as const satisfies Record<string, (value: number) => number>;

export type SourceUnit = keyof typeof sourceUnits;

/** A device's value in the model's unit. Decimal noise of the conversion is cut at twelve significant digits. */
export const toBaseUnit = (value: number, unit: SourceUnit): number => {
  const converted = sourceUnits[unit](value);
  // To write a number and read it again is dear, and what is whole has no noise.
  return converted === value || Number.isInteger(converted) ? converted : Number(converted.toPrecision(12));
};
