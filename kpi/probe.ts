import { cut, type Grid, gridEnd } from './grid.ts';
import { type FillingOf, latencyEdgesMs, type PartOf } from './parts.ts';
import { latencyBucket } from './quantile.ts';
import { held, type Report } from './state.ts';

/**
 * A probe in each window of a grid. A measurement counts in the window of its report; time is known while it holds.
 * @param reports measurement `probe` of one target, in order of time, from `maxSilenceMs` before the grid
 */
export const probeParts = (
  reports: readonly Report[],
  maxSilenceMs: number,
  grid: Grid,
): readonly PartOf<'probe'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'probe'> => ({}));
  for (const { from, to, report } of held(reports, maxSilenceMs)) {
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part !== undefined) part.valid_ms = (part.valid_ms ?? 0) + (end - start);
    });
    const part = from < gridEnd(grid) ? parts[Math.floor((from - grid.from) / grid.everyMs)] : undefined;
    if (part !== undefined) measure(part, report);
  }
  return parts;
};

const measure = (part: FillingOf<'probe'>, { fields }: Report): void => {
  const { latency_ms, jitter_ms, loss_pct } = fields;
  if (latency_ms !== undefined) {
    part.latency_count = (part.latency_count ?? 0) + 1;
    part.latency_ms = (part.latency_ms ?? 0) + latency_ms;
    const bucket = `latency_b${Math.min(latencyBucket(latency_ms), latencyEdgesMs.length)}` as const;
    part[bucket] = (part[bucket] ?? 0) + 1;
  }
  if (jitter_ms !== undefined) {
    part.jitter_count = (part.jitter_count ?? 0) + 1;
    part.jitter_ms = (part.jitter_ms ?? 0) + jitter_ms;
  }
  if (loss_pct !== undefined) {
    part.loss_count = (part.loss_count ?? 0) + 1;
    part.loss_pct = (part.loss_pct ?? 0) + loss_pct;
  }
};
