import { cut, type Grid } from './grid.ts';
import type { FillingOf, PartOf } from './parts.ts';
import { held, type Report } from './state.ts';

/**
 * A device in each window of a grid.
 * @param reports of its own measurement, in order of time, from `maxSilenceMs` before the grid
 * @param status measurement `device_health`, in order of time
 */
export const healthParts = (
  reports: readonly Report[],
  status: readonly Report[],
  maxSilenceMs: number,
  grid: Grid,
): readonly PartOf<'health'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'health'> => ({}));
  const at = (time: number): FillingOf<'health'> | undefined =>
    parts[Math.floor((time - grid.from) / grid.everyMs)];
  for (const { from, to } of held(reports, maxSilenceMs)) {
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part !== undefined) part.valid_ms = (part.valid_ms ?? 0) + (end - start);
    });
    const part = at(from);
    if (part === undefined) continue;
    part.reports = (part.reports ?? 0) + 1;
    part.last_seen = from;
  }
  for (const { time, fields } of status) {
    const part = at(time);
    if (part === undefined) continue;
    for (const field of ['battery_pct', 'link_quality', 'signal_dbm', 'clock_skew_s'] as const) {
      const value = fields[field];
      if (value !== undefined) part[field] = value;
    }
  }
  return parts;
};
