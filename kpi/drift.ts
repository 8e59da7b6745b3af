import { type Evidence, row } from './evidence.ts';
import type { Figure } from './figure.ts';
import { resetOf } from './gate.ts';

/**
 * People whom the counters still had at the reset hours of a window: what was corrected. Positive where more went in
 * than out. Rows must reach back to the reset before the first one of the window.
 */
export const counterDrift = (evidence: Evidence): readonly Figure[] => {
  const resets = resetsOf(evidence);
  const devices = Math.max(1, evidence.devices.counter ?? 0);
  let validMs = 0;
  let elapsedMs = 0;
  let drift = 0;
  for (const { from, to } of resets) {
    elapsedMs += (to - from) * devices;
    for (const { time, part } of evidence.rows.gate ?? []) {
      if (time < from || time >= to) continue;
      validMs += part.valid_ms ?? 0;
      drift += (part.in ?? 0) - (part.out ?? 0);
    }
  }
  if (resets.length === 0) {
    return [row('counter_drift', evidence, { validMs: 0, elapsedMs: 0 }, 'no_reset', { coverageMin: 0 })];
  }
  return [row('counter_drift', evidence, { validMs, elapsedMs, devices }, drift)];
};

/** The stretches from reset to reset that end in the window. */
const resetsOf = ({
  window,
  local,
  settings,
}: Evidence): readonly { readonly from: number; readonly to: number }[] =>
  local
    .daysOf(window)
    .map((day) => ({
      from: resetOf(local, local.at(day.from - 1).day, settings.resetHour),
      to: resetOf(local, day, settings.resetHour),
    }))
    .filter(({ to }) => to >= window.from && to < window.to);
