import { counter, defineMeasurement, float } from './measurement.ts';

export const phases = ['total', 'a', 'b', 'c'] as const;
export type Phase = (typeof phases)[number];

export const power = defineMeasurement({
  name: 'power',
  description:
    'Electrical power and energy of a circuit. Positive is taken from the grid, negative is given back.',
  tags: { phase: phases },
  fields: {
    active_power_w: float('W', -1_000_000, 1_000_000, 'Active power; negative while exporting.'),
    apparent_power_va: float('VA', -1_000_000, 1_000_000, 'Apparent power.'),
    reactive_power_var: float('var', -1_000_000, 1_000_000, 'Reactive power; positive is inductive.'),
    voltage_v: float('V', 0, 1_000, 'Voltage to neutral.'),
    current_a: float('A', -4_000, 4_000, 'Current.'),
    power_factor: float('1', -1, 1, 'Active over apparent power.'),
    frequency_hz: float('Hz', 40, 70, 'Mains frequency.'),
    energy_import_wh: float('Wh', 0, 1e12, 'Energy taken since the meter was reset.', counter),
    energy_export_wh: float('Wh', 0, 1e12, 'Energy given back since the meter was reset.', counter),
  },
});
