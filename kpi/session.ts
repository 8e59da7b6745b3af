import type { Window } from './figure.ts';
import { type Grid, gridEnd } from './grid.ts';
import { dwellsMax, type FillingOf, type PartOf } from './parts.ts';
import type { SeatState } from './seat.ts';
import type { KpiSettings } from './settings.ts';
import type { Steady } from './state.ts';

/**
 * The sessions of a seat: maximal occupied intervals, where those closer than `sessionJoinMs` are one (whether the seat
 * was free or unknown between them) and those shorter than `sessionDropMs` are then left out.
 */
export const sessionsOf = (
  states: Iterable<Steady<SeatState>>,
  { sessionJoinMs, sessionDropMs }: Pick<KpiSettings, 'sessionJoinMs' | 'sessionDropMs'>,
): readonly Window[] => {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to, state } of states) {
    if (!state.occupied) continue;
    const before = joined.at(-1);
    if (before !== undefined && (from === before.to || from - before.to < sessionJoinMs)) before.to = to;
    else joined.push({ from, to });
  }
  return joined.filter(({ from, to }) => to - from >= sessionDropMs);
};

/**
 * Sessions by the quarter hour in which they begin, at their whole length: so the sessions of quarter hours add up to
 * those of a day. States must reach back by the maximum silence and `sessionJoinMs`, and ahead to the session's end.
 * @param grid of quarter hours
 */
export const sessionParts = (sessions: readonly Window[], grid: Grid): readonly PartOf<'session'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'session'> => ({}));
  const end = gridEnd(grid);
  for (const { from, to } of sessions) {
    if (from < grid.from || from >= end) continue;
    const part = parts[Math.floor((from - grid.from) / grid.everyMs)];
    if (part === undefined) continue;
    const place = (part.sessions ?? 0) + 1;
    part.sessions = place;
    part.dwell_ms = (part.dwell_ms ?? 0) + (to - from);
    if (place <= dwellsMax) part[`dwell_${place}_ms`] = to - from;
  }
  return parts;
};

/** All dwells of quarter hours, in milliseconds, shortest first. */
export const dwellsOf = (parts: readonly PartOf<'session'>[]): readonly number[] =>
  parts
    .flatMap((part) => Array.from({ length: dwellsMax }, (_, index) => part[`dwell_${index + 1}_ms`]))
    .filter((dwell) => dwell !== undefined)
    .sort((a, b) => a - b);
