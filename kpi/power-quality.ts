import type { EnergyOptions, MeterReports } from './energy.ts';
import { cut, type Grid, hourMs } from './grid.ts';
import type { FillingOf } from './parts.ts';
import { held, type Report } from './state.ts';

/** Adds power factor and phase imbalance to the windows of a grid. */
export const addPowerQuality = (
  parts: readonly FillingOf<'energy'>[],
  meter: MeterReports,
  grid: Grid,
  options: EnergyOptions,
): void => {
  const total = meter.total !== undefined && meter.total.length > 0 ? meter.total : totalOf(meter);
  for (const { from, to, report } of held(total, options.maxSilenceMs, 'active_power_w')) {
    addPowerFactor(parts, report, from, to, grid, options);
  }
  for (const { from, to, report } of held(currentsOf(meter), options.maxSilenceMs)) {
    const { mean = 0, deviation = 0 } = report.fields;
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part === undefined) return;
      part.phases_ms = (part.phases_ms ?? 0) + (end - start);
      part.current_mean = (part.current_mean ?? 0) + mean * (end - start);
      part.current_deviation = (part.current_deviation ?? 0) + deviation * (end - start);
    });
  }
};

const addPowerFactor = (
  parts: readonly FillingOf<'energy'>[],
  { fields: { active_power_w = 0, apparent_power_va, power_factor } }: Report,
  from: number,
  to: number,
  grid: Grid,
  { settings: { loadMinVa, powerFactorMin } }: EnergyOptions,
): void => {
  const active = Math.abs(active_power_w);
  const apparent =
    apparent_power_va === undefined ? apparentBy(active, power_factor) : Math.abs(apparent_power_va);
  if (apparent === undefined || apparent < loadMinVa) return;
  const low = active < powerFactorMin * apparent;
  cut(grid, from, to, (index, start, end) => {
    const part = parts[index];
    if (part === undefined) return;
    part.active_wh = (part.active_wh ?? 0) + (active * (end - start)) / hourMs;
    part.apparent_vah = (part.apparent_vah ?? 0) + (apparent * (end - start)) / hourMs;
    part.pf_ms = (part.pf_ms ?? 0) + (end - start);
    part.pf_low_ms = (part.pf_low_ms ?? 0) + (low ? end - start : 0);
  });
};

const apparentBy = (active: number, powerFactor: number | undefined): number | undefined =>
  powerFactor === undefined || powerFactor === 0 ? undefined : active / Math.abs(powerFactor);

/** Reports of several phases that speak of the same instant, where all that the meter has do. */
const together = (
  meter: MeterReports,
  names: readonly ('a' | 'b' | 'c')[],
): readonly (readonly Report[])[] => {
  const [first, ...others] = names.flatMap((name) => {
    const reports = meter[name];
    return reports === undefined || reports.length === 0 ? [] : [reports];
  });
  const byTime = others.map((reports) => new Map(reports.map((report) => [report.time, report])));
  return (first ?? [])
    .map((report) => [
      report,
      ...byTime.map((known) => known.get(report.time)).filter((one) => one !== undefined),
    ])
    .filter((reports) => reports.length === others.length + 1);
};

/** The total of a meter that tells its phases alone. */
const totalOf = (meter: MeterReports): readonly Report[] =>
  together(meter, ['a', 'b', 'c']).map((phases) => ({
    time: phases[0]?.time ?? 0,
    fields: { ...summed(phases, 'active_power_w'), ...summed(phases, 'apparent_power_va') },
  }));

const summed = (phases: readonly Report[], field: string): Readonly<Record<string, number>> => {
  const values = phases.map(({ fields }) => fields[field]).filter((value) => value !== undefined);
  return values.length === phases.length ? { [field]: values.reduce((sum, value) => sum + value, 0) } : {};
};

/** Mean and largest deviation of the currents, where all three phases are told. */
const currentsOf = (meter: MeterReports): readonly Report[] =>
  together(meter, ['a', 'b', 'c']).flatMap((phases) => {
    const currents = phases.map(({ fields }) => fields.current_a).filter((current) => current !== undefined);
    if (currents.length !== 3) return [];
    const amperes = currents.map(Math.abs);
    const mean = amperes.reduce((sum, current) => sum + current, 0) / 3;
    const deviation = Math.max(...amperes.map((current) => Math.abs(current - mean)));
    return [{ time: phases[0]?.time ?? 0, fields: { mean, deviation } }];
  });
