import { cut, type Grid } from './grid.ts';
import type { FillingOf, PartOf } from './parts.ts';
import type { SeatState } from './seat.ts';
import type { KpiSettings } from './settings.ts';
import type { Steady } from './state.ts';

/** What changes in a group at an instant. */
export interface Change {
  readonly time: number;
  /** Devices whose state is known. */
  readonly known: number;
  readonly people: number;
  /** Seats known to be free. */
  readonly free: number;
}

export interface Group {
  /** Seats, or counters, that the group has: silent ones too. */
  readonly devices: number;
  /** People that it is meant for. */
  readonly capacity: number;
  /** Whether `free` speaks of seats. */
  readonly source: 'seats' | 'counters';
}

/** What a seat changes in its group: it becomes known, and unknown again. */
export function* seatChanges(states: Iterable<Steady<SeatState>>): Generator<Change> {
  for (const { from, to, state } of states) {
    const free = state.occupied ? 0 : 1;
    yield { time: from, known: 1, people: state.people, free };
    yield { time: to, known: -1, people: -state.people, free: -free };
  }
}

/** A group between two changes. */
interface Moment {
  known: number;
  people: number;
  free: number;
}

/**
 * The people of a group in each window, all devices seen at the same instant. An instant counts where at least the
 * configured coverage of the devices is known. Then people are those seen, seats free are those known to be free, and
 * the use of the capacity takes silent seats to be used as the others are.
 * @param changes of all devices of the group, in any order
 */
export const presenceParts = (
  changes: Iterable<Change>,
  group: Group,
  grid: Grid,
  settings: Pick<KpiSettings, 'coverageMin' | 'targetShare' | 'crowdedShare'>,
): readonly PartOf<'presence'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'presence'> => ({}));
  const now: Moment = { known: 0, people: 0, free: 0 };
  let since = Number.NEGATIVE_INFINITY;
  for (const change of [...changes].sort((a, b) => a.time - b.time)) {
    if (change.time > since && isKnown(now, group, settings)) {
      const state = stateOf(now, group, settings);
      cut(grid, since, change.time, (index, from, to) => add(parts[index], now, state, group, to - from));
    }
    since = change.time;
    now.known += change.known;
    now.people += change.people;
    now.free += change.free;
  }
  return parts;
};

const isKnown = ({ known }: Moment, { devices }: Group, { coverageMin }: Pick<KpiSettings, 'coverageMin'>) =>
  known > 0 && known >= coverageMin * devices;

type StateField = 'under_ms' | 'in_ms' | 'crowded_ms' | 'over_ms';

const stateOf = (
  { people, known }: Moment,
  { devices, capacity, source }: Group,
  { targetShare, crowdedShare }: Pick<KpiSettings, 'targetShare' | 'crowdedShare'>,
): StateField => {
  const estimated = source === 'seats' ? (people * devices) / known : people;
  const use = Math.max(0, estimated) / capacity;
  if (use > 1) return 'over_ms';
  if (use >= crowdedShare) return 'crowded_ms';
  return use >= targetShare ? 'in_ms' : 'under_ms';
};

const add = (
  part: FillingOf<'presence'> | undefined,
  { people, free }: Moment,
  state: StateField,
  { source }: Group,
  lengthMs: number,
): void => {
  if (part === undefined) return;
  const present = Math.max(0, people);
  part.known_ms = (part.known_ms ?? 0) + lengthMs;
  part.people_ms = (part.people_ms ?? 0) + present * lengthMs;
  part.people_peak = Math.max(part.people_peak ?? 0, present);
  part[state] = (part[state] ?? 0) + lengthMs;
  part.empty_ms = (part.empty_ms ?? 0) + (present === 0 ? lengthMs : 0);
  if (source === 'seats') part.free_min = Math.min(part.free_min ?? free, free);
};
