import { figure, type Term } from './term.ts';

/**
 * Some codecs write volts under the key that others use for per cent. A share of charge has no fraction down
 * there, a cell's voltage has.
 */
const perCentOrVolts = (value: number): string | undefined =>
  value > 0 && value <= 5 && !Number.isInteger(value)
    ? 'a figure with a fraction below 5 may be volts or per cent'
    : undefined;

const perCent = (key: string): Term =>
  figure(key, '%', 'device_health', 'battery_pct', {}, { doubt: perCentOrVolts });
const volts = (key: string): Term => figure(key, 'V', 'device_health', 'battery_v');
const millivolts = (key: string): Term => figure(key, 'mV', 'device_health', 'battery_v');

/** The battery: per cent, volts or millivolts as the key says. */
export const batteryTerms: Readonly<Record<string, Term>> = {
  battery: perCent('battery'),
  battery_level: perCent('battery_level'),
  battery_percentage: perCent('battery_percentage'),
  battery_percent: perCent('battery_percent'),
  battery_pct: perCent('battery_pct'),
  battery_main: perCent('battery_main'),
  battery_voltage: volts('battery_voltage'),
  battery_v: volts('battery_v'),
  BatV: volts('BatV'),
  vbat: volts('vbat'),
  battery_mv: millivolts('battery_mv'),
  battery_voltage_mv: millivolts('battery_voltage_mv'),
  vdd: millivolts('vdd'),
};
