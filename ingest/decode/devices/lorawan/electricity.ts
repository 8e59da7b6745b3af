import type { Phase } from '../../../../model/power.ts';
import { figure, type Keyed, leftOut, type Term } from './term.ts';

const total = { phase: 'total' } as const;

const electrical = ['power', 'activepower', 'energy', 'powerconsumption', 'powerfactor'];

/** A sensor's cell and the mains may have the same key. */
const mainsOrCell = (value: number, keyed: Keyed): string | undefined =>
  value >= 80 || electrical.some((key) => keyed.has(key))
    ? undefined
    : 'neither a mains voltage nor said to be the battery';

/** Codecs write ampere or milliampere. A fraction, or the power that goes with it, tells which. */
const ampereOrMilli = (value: number, keyed: Keyed): string | undefined => {
  const power = keyed.get('activepower') ?? keyed.get('power');
  const voltage = keyed.get('voltage');
  const fits =
    typeof power === 'number' && typeof voltage === 'number' && Math.abs(power) >= voltage * value * 0.02;
  return !Number.isInteger(value) || value === 0 || fits
    ? undefined
    : 'ampere or milliampere: name the model in the device profile';
};

/** A whole number of Wh is what socket meters send; kWh come with a fraction. */
const wattHours = (value: number): string | undefined =>
  Number.isInteger(value) ? undefined : 'Wh or kWh: let the codec say energy_wh or energy_kwh';

const ratio = (value: number): string | undefined =>
  Math.abs(value) <= 1 ? undefined : 'a ratio or per cent: name the model in the device profile';

const phaseTerms = (phase: Phase, marks: readonly string[]): Record<string, Term> =>
  Object.fromEntries(
    marks.flatMap((mark) => [
      [`active_power_${mark}`, figure('active_power', 'W', 'power', 'active_power_w', { phase })],
      [`power_${mark}`, figure('power', 'W', 'power', 'active_power_w', { phase })],
      [`voltage_${mark}`, figure('voltage', 'V', 'power', 'voltage_v', { phase })],
      [`current_${mark}`, figure('current', 'A', 'power', 'current_a', { phase })],
      [`power_factor_${mark}`, figure('power_factor', '1', 'power', 'power_factor', { phase })],
    ]),
  );

/** Electrical figures in base units, as most codecs write them; models that differ have a dialect. */
export const electricityTerms: Readonly<Record<string, Term>> = {
  active_power: figure('active_power', 'W', 'power', 'active_power_w', total),
  power: figure('power', 'W', 'power', 'active_power_w', total),
  power_w: figure('power_w', 'W', 'power', 'active_power_w', total),
  active_power_w: figure('active_power_w', 'W', 'power', 'active_power_w', total),
  power_kw: figure('power_kw', 'kW', 'power', 'active_power_w', total),
  active_power_kw: figure('active_power_kw', 'kW', 'power', 'active_power_w', total),
  apparent_power: figure('apparent_power', 'VA', 'power', 'apparent_power_va', total),
  reactive_power: figure('reactive_power', 'var', 'power', 'reactive_power_var', total),
  voltage: figure('voltage', 'V', 'power', 'voltage_v', total, { doubt: mainsOrCell }),
  current: figure('current', 'A', 'power', 'current_a', total, { doubt: ampereOrMilli }),
  current_ma: figure('current_ma', 'mA', 'power', 'current_a', total),
  power_factor: figure('power_factor', '1', 'power', 'power_factor', total, { doubt: ratio }),
  frequency: figure('frequency', 'Hz', 'power', 'frequency_hz', total),
  power_consumption: figure('power_consumption', 'Wh', 'power', 'energy_import_wh', total),
  energy: figure('energy', 'Wh', 'power', 'energy_import_wh', total, { doubt: wattHours }),
  energy_wh: figure('energy_wh', 'Wh', 'power', 'energy_import_wh', total),
  energy_kwh: figure('energy_kwh', 'kWh', 'power', 'energy_import_wh', total),
  energy_import_wh: figure('energy_import_wh', 'Wh', 'power', 'energy_import_wh', total),
  energy_export_wh: figure('energy_export_wh', 'Wh', 'power', 'energy_export_wh', total),
  energy_import_kwh: figure('energy_import_kwh', 'kWh', 'power', 'energy_import_wh', total),
  energy_export_kwh: figure('energy_export_kwh', 'kWh', 'power', 'energy_export_wh', total),
  total_current: leftOut('total_current: ampere-hours, which are neither a current nor energy'),
  ...phaseTerms('a', ['l1', 'phase_a']),
  ...phaseTerms('b', ['l2', 'phase_b']),
  ...phaseTerms('c', ['l3', 'phase_c']),
};
