import { type Evidence, knownTogether, merged, row, share } from './evidence.ts';
import type { Figure } from './figure.ts';
import { presenceOf } from './occupancy.ts';

/** Fewest seats that were known to be free at one time. */
export const minimumSurplus = (evidence: Evidence): readonly Figure[] => {
  const { known_ms, free_min } = merged('presence', presenceOf(evidence, 'seats'));
  const known = knownTogether(known_ms, evidence);
  return [row('minimum_surplus', evidence, known, free_min ?? 'no_data')];
};

/** Share of known time under the wanted use, within it, overcrowded, and over the capacity. */
export const timeInTarget = (evidence: Evidence): readonly Figure[] => {
  const { devices, by } = evidence;
  const sources = (['seats', 'counters'] as const).filter((source) =>
    source === 'seats' ? (devices.seat ?? 0) > 0 : (devices.counter ?? 0) > 0 && by.zone === undefined,
  );
  return sources.flatMap((source) => {
    const { known_ms, under_ms, in_ms, crowded_ms, over_ms } = merged(
      'presence',
      presenceOf(evidence, source),
    );
    const states = { under: under_ms, in: in_ms, crowded: crowded_ms, over: over_ms };
    return Object.entries(states).map(([state, ms]) =>
      row('time_in_target', evidence, knownTogether(known_ms, evidence), share(ms, known_ms, 'no_data'), {
        by: { source, state },
      }),
    );
  });
};
