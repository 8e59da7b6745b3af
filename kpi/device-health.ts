import { placedKinds } from '../model/topic.ts';
import { type Evidence, elapsedOf, knownOf, row, type Timed } from './evidence.ts';
import type { Figure } from './figure.ts';
import type { KpiUnit } from './kpi.ts';
import type { PartOf } from './parts.ts';

/**
 * How devices are: share of expected reports that came (1 where more came), age of the last one at the window's end,
 * and, of the device that is worst, battery, link, signal and clock. Rows of evidence are one for each device.
 */
export const deviceHealth = (evidence: Evidence): readonly Figure[] => {
  const { rows, window } = evidence;
  const health = rows.health ?? [];
  const parts = health.map(({ part }) => part);
  const validMs = parts.reduce((sum, { valid_ms = 0 }) => sum + valid_ms, 0);
  const lastSeen = parts.reduce((latest, { last_seen = 0 }) => Math.max(latest, last_seen), 0);
  const devices = Object.values(evidence.devices).reduce((sum, count) => sum + count, 0);
  const known = knownOf(validMs, { ...evidence, devices: { seat: devices } }, 'seat');
  const statistics: readonly (readonly [string, KpiUnit, number | undefined])[] = [
    ['reports_share', '1', reportsShare(health, evidence)],
    ['last_seen_age_s', 's', lastSeen === 0 ? undefined : (window.to - lastSeen) / 1000],
    ['battery_pct', '%', least(parts, 'battery_pct')],
    ['link_quality', '1', least(parts, 'link_quality')],
    ['signal_dbm', 'dBm', least(parts, 'signal_dbm')],
    ['clock_skew_s', 's', furthest(parts)],
  ];
  return statistics.map(([statistic, unit, value]) =>
    row('device_health', evidence, known, value ?? 'not_measured', {
      by: { statistic },
      unit,
      coverageMin: 0,
    }),
  );
};

/**
 * Of all devices of which it is known how often they report, whatever kind they are. A device that says more than it
 * must makes up for no other one.
 */
const reportsShare = (
  rows: readonly Timed<'health'>[],
  { window, devices, reportEveryMs = {} }: Evidence,
): number | undefined => {
  const elapsedMs = elapsedOf(window);
  let expecting = 0;
  for (const kind of placedKinds) if (reportEveryMs[kind] !== undefined) expecting += devices[kind] ?? 0;
  if (expecting === 0) return undefined;
  let share = 0;
  for (const { kind, part } of rows) {
    const everyMs = kind === undefined ? undefined : reportEveryMs[kind];
    if (everyMs !== undefined) share += Math.min(1, ((part.reports ?? 0) * everyMs) / elapsedMs);
  }
  return share / expecting;
};

const least = (
  parts: readonly PartOf<'health'>[],
  field: 'battery_pct' | 'link_quality' | 'signal_dbm',
): number | undefined => {
  let found: number | undefined;
  for (const { [field]: value } of parts) {
    if (value !== undefined && (found === undefined || value < found)) found = value;
  }
  return found;
};

const furthest = (parts: readonly PartOf<'health'>[]): number | undefined => {
  let found: number | undefined;
  for (const { clock_skew_s: skew } of parts) {
    if (skew !== undefined && (found === undefined || Math.abs(skew) > Math.abs(found))) found = skew;
  }
  return found;
};
