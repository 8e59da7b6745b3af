import type { Phase } from '../model/power.ts';
import { Counter, type CounterRule, type Step } from './counter.ts';
import { cut, type Grid, hourMs } from './grid.ts';
import type { LocalTime } from './local-time.ts';
import type { FillingOf, PartOf } from './parts.ts';
import { addPowerQuality } from './power-quality.ts';
import type { KpiSettings } from './settings.ts';
import { held, type Report } from './state.ts';
import { tariffBandAt } from './tariff-band.ts';

/** Reports of a meter (measurement `power`), by phase, each in order of time. */
export type MeterReports = Readonly<Partial<Record<Phase, readonly Report[]>>>;

export interface EnergyOptions {
  readonly maxSilenceMs: number;
  readonly local: LocalTime;
  readonly settings: Pick<KpiSettings, 'counterPowerMaxW' | 'loadMinVa' | 'powerFactorMin'>;
}

/** A coarse counter may move by so much at once. */
const counterStepMaxWh = 2_000;

/** The channels that make up a meter: its total, or its phases where it does not tell a total. */
const channelsOf = (meter: MeterReports): readonly (readonly Report[])[] =>
  [meter.total !== undefined && meter.total.length > 0 ? [meter.total] : [meter.a, meter.b, meter.c]]
    .flat()
    .filter((reports) => reports !== undefined);

/**
 * A meter in each window of a grid of minutes or quarter hours. Energy is what its counters counted (counter.ts),
 * spread evenly between two readings; where no counter speaks, power taken is integrated as long as a report holds,
 * and told apart as `integrated_wh`. A window lies in one tariff band, because bands change on the hour.
 * @param meter reports from before the grid to after it, so that readings on both sides of an edge are known
 */
export const energyParts = (
  meter: MeterReports,
  grid: Grid,
  options: EnergyOptions,
): readonly PartOf<'energy'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'energy'> => ({}));
  const channels = channelsOf(meter);
  for (const { from, to } of held(channels[0] ?? [], options.maxSilenceMs)) {
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part !== undefined) part.valid_ms = (part.valid_ms ?? 0) + (end - start);
    });
  }
  for (const reports of channels) {
    addCounted(parts, reports, 'energy_import_wh', grid, options);
    addCounted(parts, reports, 'energy_export_wh', grid, options);
  }
  addPowerQuality(parts, meter, grid, options);
  return parts;
};

type CounterField = 'energy_import_wh' | 'energy_export_wh';

const addCounted = (
  parts: readonly FillingOf<'energy'>[],
  reports: readonly Report[],
  field: CounterField,
  grid: Grid,
  options: EnergyOptions,
): void => {
  const counter = new Counter(ruleOf(options));
  for (const { time, fields } of reports) {
    const value = fields[field];
    if (value !== undefined) counter.push({ time, value });
  }
  counter.finish();
  for (const step of counter.steps) {
    if (step.amount > 0) spread(parts, step, field, grid, options);
  }
  for (const { time, kind } of field === 'energy_import_wh' ? counter.remarks : []) {
    const part = parts[Math.floor((time - grid.from) / grid.everyMs)];
    const name = kind === 'strange' ? 'strange' : (`${kind}s` as const);
    if (part !== undefined) part[name] = (part[name] ?? 0) + 1;
  }
  integrate(parts, reports, counter.steps, field, grid, options);
};

const ruleOf = ({ settings: { counterPowerMaxW } }: EnergyOptions): CounterRule => ({
  perSecondMax: counterPowerMaxW / 3600,
  amountMin: counterStepMaxWh,
});

const spread = (
  parts: readonly FillingOf<'energy'>[],
  { from, to, amount }: Step,
  field: CounterField,
  grid: Grid,
  { maxSilenceMs, local }: EnergyOptions,
): void =>
  cut(grid, from, to, (index, start, end) => {
    const wh = (amount * (end - start)) / (to - from);
    add(parts[index], wh, field, local, start);
    const part = parts[index];
    if (part === undefined || field === 'energy_export_wh' || to - from <= maxSilenceMs) return;
    part.bridged_wh = (part.bridged_wh ?? 0) + wh;
  });

const add = (
  part: FillingOf<'energy'> | undefined,
  wh: number,
  field: CounterField,
  local: LocalTime,
  time: number,
): void => {
  if (part === undefined) return;
  const name =
    field === 'energy_export_wh' ? 'export_wh' : (`import_${tariffBandAt(local, time)}_wh` as const);
  part[name] = (part[name] ?? 0) + wh;
};

/** Adds power where no step of the counter stands: what is taken, or given back, by the sign that belongs to it. */
const integrate = (
  parts: readonly FillingOf<'energy'>[],
  reports: readonly Report[],
  steps: readonly Step[],
  field: CounterField,
  grid: Grid,
  { maxSilenceMs, local }: EnergyOptions,
): void => {
  const sign = field === 'energy_import_wh' ? 1 : -1;
  let place = 0;
  const piece = (from: number, to: number, watts: number): void => {
    if (from >= to || watts <= 0) return;
    cut(grid, from, to, (index, start, end) => {
      const wh = (watts * (end - start)) / hourMs;
      add(parts[index], wh, field, local, start);
      const part = parts[index];
      if (part !== undefined && sign > 0) part.integrated_wh = (part.integrated_wh ?? 0) + wh;
    });
  };
  for (const { from, to, report } of held(reports, maxSilenceMs, 'active_power_w')) {
    const watts = sign * (report.fields.active_power_w ?? 0);
    let start = from;
    while ((steps[place]?.to ?? Number.POSITIVE_INFINITY) <= start) place++;
    for (let at = place; start < to; at++) {
      const step = steps[at];
      if (step === undefined || step.from >= to) break;
      piece(start, step.from, watts);
      start = Math.max(start, step.to);
    }
    piece(start, to, watts);
  }
};

/** Energy taken, over all bands. */
export const importWh = (part: PartOf<'energy'>): number =>
  (part.import_f1_wh ?? 0) + (part.import_f2_wh ?? 0) + (part.import_f3_wh ?? 0);

/**
 * Sets the peak of a part that covers a whole quarter hour: its mean power taken. A quarter hour of which less than the
 * wanted share is known has none. Minutes have no peak; hours and longer keep the highest of their quarters.
 */
export const closeQuarter = (
  part: PartOf<'energy'>,
  { coverageMin }: Pick<KpiSettings, 'coverageMin'>,
): PartOf<'energy'> =>
  (part.valid_ms ?? 0) >= (coverageMin * hourMs) / 4 && (part.valid_ms ?? 0) > 0
    ? { ...part, quarter_peak_w: 4 * importWh(part) }
    : part;
