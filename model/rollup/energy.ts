import { defineMeasurement } from '../measurement.ts';
import { part, validMs } from './fields.ts';

export const energyRollup = defineMeasurement({
  name: 'energy',
  description: 'Energy and power of a meter in a window, all phases together.',
  tags: {},
  fields: {
    valid_ms: validMs,
    import_f1_wh: part('Wh', 'Energy taken in band F1.'),
    import_f2_wh: part('Wh', 'Energy taken in band F2.'),
    import_f3_wh: part('Wh', 'Energy taken in band F3.'),
    export_wh: part('Wh', 'Energy given back.'),
    integrated_wh: part('Wh', 'Share of the energy taken that was integrated from power, without a counter.'),
    bridged_wh: part('Wh', 'Share of the energy taken that was spread over a silence.'),
    quarter_peak_w: part('W', 'Highest mean power taken of a quarter hour.'),
    active_wh: part('Wh', 'Active power without its sign, integrated while apparent power is known too.'),
    apparent_vah: part('VAh', 'Apparent power integrated.'),
    pf_ms: part('ms', 'Time in which a power factor is known under load.'),
    pf_low_ms: part('ms', 'Time of it with a power factor under 0.9.'),
    phases_ms: part('ms', 'Time in which the currents of three phases are known.'),
    current_mean: part('A·ms', 'Mean current of the three phases, integrated.'),
    current_deviation: part('A·ms', 'Largest deviation of a phase from that mean, integrated.'),
    resets: part('1', 'Counters that started again from zero.'),
    dips: part('1', 'Counter readings that were ignored as noise.'),
    strange: part('1', 'Counter readings that were ignored as wrong, or began a new series.'),
  },
});
