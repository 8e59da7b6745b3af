import { type Evidence, elapsedOf, knownOf, merged, row } from './evidence.ts';
import type { Figure } from './figure.ts';
import type { KpiUnit } from './kpi.ts';
import type { PartOf } from './parts.ts';

/**
 * How devices are: share of expected reports that came (1 where more came), age of the last one at the window's end,
 * and, of the device that is worst, battery, link, signal and clock. Rows of evidence are one for each device.
 */
export const deviceHealth = (evidence: Evidence): readonly Figure[] => {
  const { rows, window } = evidence;
  const parts = (rows.health ?? []).map(({ part }) => part);
  const { valid_ms, last_seen } = merged('health', rows.health);
  const devices = Object.values(evidence.devices).reduce((sum, count) => sum + count, 0);
  const known = knownOf(valid_ms, { ...evidence, devices: { seat: devices } }, 'seat');
  const statistics: readonly (readonly [string, KpiUnit, number | undefined])[] = [
    ['reports_share', '1', reportsShare(parts, devices, evidence)],
    ['last_seen_age_s', 's', last_seen === undefined ? undefined : (window.to - last_seen) / 1000],
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

/** A device that says more than it must makes up for no other one. */
const reportsShare = (
  parts: readonly PartOf<'health'>[],
  devices: number,
  { window, reportEveryMs }: Evidence,
): number | undefined => {
  if (reportEveryMs === undefined || devices === 0) return undefined;
  const expected = elapsedOf(window) / reportEveryMs;
  return parts.reduce((sum, { reports = 0 }) => sum + Math.min(1, reports / expected), 0) / devices;
};

const least = (
  parts: readonly PartOf<'health'>[],
  field: 'battery_pct' | 'link_quality' | 'signal_dbm',
): number | undefined => parts.flatMap((part) => part[field] ?? []).sort((a, b) => a - b)[0];

const furthest = (parts: readonly PartOf<'health'>[]): number | undefined =>
  parts.flatMap(({ clock_skew_s }) => clock_skew_s ?? []).sort((a, b) => Math.abs(b) - Math.abs(a))[0];
