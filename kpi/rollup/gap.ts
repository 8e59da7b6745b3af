import type { SeriesColumns } from '../../store/history.ts';
import type { Window } from '../figure.ts';
import { quarterMs } from '../grid.ts';
import { ceilTo, floorTo, type Scope } from './scope.ts';
import type { Reach } from './source.ts';

/** Readings before and after a new one that what a counter counted may depend on (counter.ts). */
const readingsBack = 3;
const readingsAhead = 2;

/** How many times are before an instant. */
export const countBefore = (times: Float64Array, instant: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** A counter is followed until the readings on both sides of the unit are known. */
export const counterReach = ({ unit, to, now }: Scope): Reach => ({
  back: ({ times }) => {
    const first = countBefore(times, unit.from);
    return first === countBefore(times, unit.to) || first >= readingsBack;
  },
  ahead: ({ times }) => {
    const after = countBefore(times, unit.to);
    return to >= now || after === countBefore(times, unit.from) || times.length - after >= readingsAhead;
  },
});

/** The windows that a counter's readings in the unit can have changed, in whole quarter hours. */
export const changedBy = ({ times }: SeriesColumns, { unit, from, to, floor, end }: Scope): Window => {
  const first = countBefore(times, unit.from);
  const after = countBefore(times, unit.to);
  if (first === after) return { from, to };
  const before = times[Math.max(0, first - readingsBack)] ?? from;
  const next = times[Math.min(times.length - 1, after + readingsAhead - 1)] ?? to;
  return {
    from: Math.min(from, Math.max(floor, floorTo(before, quarterMs))),
    to: Math.max(to, ceilTo(Math.min(next, end), quarterMs)),
  };
};
