import { importWh } from './energy.ts';
import { type Evidence, knownOf, merged, row, share, type Timed } from './evidence.ts';
import type { Figure } from './figure.ts';
import { hourMs, quarterMs } from './grid.ts';
import { presenceOf } from './occupancy.ts';
import { quantile } from './quantile.ts';

/** Highest mean power taken of a quarter hour, of all meters together. */
export const peakPower = (evidence: Evidence): readonly Figure[] => {
  const known = metersKnown(evidence);
  return [row('peak_power', evidence, known, peakKw(evidence) ?? 'no_data')];
};

/** Quarter hours of which less than the wanted share is known do not count. */
const peakKw = (evidence: Evidence): number | undefined => {
  const powers = (evidence.rows.energy ?? []).flatMap((quarter) => powerKw(quarter, evidence) ?? []);
  return powers.length === 0 ? undefined : powers.reduce((a, b) => Math.max(a, b));
};

const powerKw = ({ part }: Timed<'energy'>, { devices, settings }: Evidence): number | undefined => {
  const valid = part.valid_ms ?? 0;
  const wanted = settings.coverageMin * quarterMs * Math.max(1, devices.meter ?? 0);
  return valid > 0 && valid >= wanted ? (4 * importWh(part)) / 1000 : undefined;
};

/** 5th percentile of the power of the quarter hours in which nobody was on the site. */
export const baseLoad = (evidence: Evidence): readonly Figure[] => {
  const empty = emptyQuarters(evidence);
  const powers = (evidence.rows.energy ?? [])
    .filter(({ time }) => empty === undefined || empty.has(time))
    .flatMap((quarter) => powerKw(quarter, evidence) ?? [])
    .sort((a, b) => a - b);
  return [row('base_load', evidence, metersKnown(evidence), quantile(powers, 0.05) ?? 'never_empty')];
};

/** Quarter hours known to be empty; `undefined` where nothing on the site sees people. */
const emptyQuarters = (evidence: Evidence): ReadonlySet<number> | undefined => {
  const { seat = 0, counter = 0 } = evidence.devices;
  if (seat + counter === 0) return undefined;
  const quarters = presenceOf(evidence, seat > 0 ? 'seats' : 'counters');
  return new Set(
    quarters
      .filter(({ part }) => part.people_peak === 0)
      .filter(({ part }) => (part.known_ms ?? 0) >= evidence.settings.coverageMin * quarterMs)
      .map(({ time }) => time),
  );
};

/** Mean power of the time that is known ÷ peak power. */
export const loadFactor = (evidence: Evidence): readonly Figure[] => {
  const part = merged('energy', evidence.rows.energy);
  const meters = Math.max(1, evidence.devices.meter ?? 0);
  const hours = (part.valid_ms ?? 0) / hourMs / meters;
  const meanKw = hours > 0 ? (importWh(part) - (part.bridged_wh ?? 0)) / 1000 / hours : 0;
  return [row('load_factor', evidence, metersKnown(evidence), share(meanKw, peakKw(evidence), 'no_load'))];
};

const metersKnown = (evidence: Evidence) =>
  knownOf(merged('energy', evidence.rows.energy).valid_ms, evidence, 'meter');

/** Active over apparent energy, and the share of time under 0.9, while there is load. */
export const powerFactor = (evidence: Evidence): readonly Figure[] => {
  const { active_wh, apparent_vah, pf_ms, pf_low_ms } = merged('energy', evidence.rows.energy);
  const known = metersKnown(evidence);
  return [
    row('power_factor', evidence, known, share(active_wh, apparent_vah, 'no_load'), {
      by: { statistic: 'mean' },
    }),
    row('power_factor', evidence, known, share(pf_low_ms, pf_ms, 'no_load'), {
      by: { statistic: 'low_share' },
    }),
  ];
};

/** Largest deviation of a phase from the mean current, over that mean, weighted by load and time. */
export const phaseImbalance = (evidence: Evidence): readonly Figure[] => {
  const { phases_ms, current_mean, current_deviation } = merged('energy', evidence.rows.energy);
  const value = share(current_deviation, current_mean, phases_ms === undefined ? 'not_measured' : 'no_load');
  return [
    row('phase_imbalance', evidence, metersKnown(evidence), typeof value === 'number' ? 100 * value : value),
  ];
};
