import { cut, type Grid } from './grid.ts';
import type { FillingOf, PartOf } from './parts.ts';
import { held, type Report, type Steady, steady } from './state.ts';

/** What is known of a seat. */
export interface SeatState {
  readonly occupied: boolean;
  readonly people: number;
}

const stateOf = ({ fields: { occupied, people } }: Report): SeatState => {
  const present = people ?? occupied ?? 0;
  return { occupied: (occupied ?? present) > 0, people: present };
};

const same = (a: SeatState, b: SeatState): boolean => a.occupied === b.occupied && a.people === b.people;

/**
 * The stretches in which a seat's state is known, taken or free.
 * @param reports measurement `occupancy`, in order of time (`inOrder`), from `maxSilenceMs` before what matters
 */
export const seatStates = (reports: readonly Report[], maxSilenceMs: number): Generator<Steady<SeatState>> =>
  steady(held(reports, maxSilenceMs, 'occupied'), stateOf, same);

/** A seat in each window of a grid. */
export const seatParts = (states: Iterable<Steady<SeatState>>, grid: Grid): readonly PartOf<'seat'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'seat'> => ({}));
  for (const { from, to, state } of states) {
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part === undefined) return;
      const lengthMs = end - start;
      part.valid_ms = (part.valid_ms ?? 0) + lengthMs;
      part.occupied_ms = (part.occupied_ms ?? 0) + (state.occupied ? lengthMs : 0);
      part.people_ms = (part.people_ms ?? 0) + state.people * lengthMs;
      part.people_peak = Math.max(part.people_peak ?? 0, state.people);
    });
  }
  return parts;
};
