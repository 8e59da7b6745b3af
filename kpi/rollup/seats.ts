import type { SeriesColumns } from '../../store/history.ts';
import type { Window } from '../figure.ts';
import { quarterMs } from '../grid.ts';
import { presencePart, seatPart, sessionPart } from '../parts.ts';
import { presenceParts, seatChanges } from '../presence.ts';
import { type SeatState, seatParts, seatStates } from '../seat.ts';
import { sessionParts, sessionsOf } from '../session.ts';
import type { Steady } from '../state.ts';
import { columnsOf } from './columns.ts';
import type { Made } from './made.ts';
import { reportsOf } from './reports.ts';
import { floorTo, minutesOf, quartersOf, type Scope } from './scope.ts';
import type { Reach, Source } from './source.ts';

interface Seat {
  readonly tags: { readonly site: string; readonly zone: string; readonly device: string };
  readonly states: readonly Steady<SeatState>[];
  readonly sessions: readonly Window[];
}

/** Seats, their sessions, and the people on the seats of each zone and of the site. */
export const makeSeats = async (source: Source, scope: Scope): Promise<readonly Made[]> => {
  const columns = await source.follow('occupancy', { kind: 'seat' }, sessionReach(scope));
  const seats = columns.map((one) => toSeat(one, scope));
  return [...makeStates(seats, scope), ...makeSessions(seats, scope), ...makePresence(seats, scope)];
};

const toSeat = (columns: SeriesColumns, { site, settings }: Scope): Seat => {
  const { zone = '', device = '' } = columns.tags;
  const states = [...seatStates(reportsOf(columns), site.max_silence_s.seat * 1000)];
  return { tags: { site: site.id, zone, device }, states, sessions: sessionsOf(states, settings) };
};

/** A seat is followed to where the sessions that touch the scope begin and end. */
const sessionReach = (scope: Scope): Reach => ({
  back: (columns) => {
    const [first] = toSeat(columns, scope).sessions;
    return first === undefined || first.to <= scope.from || first.from !== columns.times[0];
  },
  ahead: (columns) => {
    if (scope.to >= scope.now) return true;
    const last = toSeat(columns, scope).sessions.at(-1);
    return last === undefined || last.from >= scope.to || last.to <= (columns.times.at(-1) ?? 0);
  },
});

const makeStates = (seats: readonly Seat[], { site, from, to, end }: Scope): Made[] => {
  const grid = minutesOf(from, end);
  const series = seats.map(({ tags, states }) => columnsOf(seatPart, tags, seatParts(states, grid), grid));
  return [{ base: 'seat', step: '1m', tags: { site: site.id }, from, to, series }];
};

/** The quarter hours in which sessions begin that the unit can have changed: for a busy seat, hours before it. */
const makeSessions = (seats: readonly Seat[], { site, from, to, floor, end }: Scope): Made[] => {
  const make = (members: readonly Seat[], tags: Made['tags'], start: number): Made => {
    const grid = quartersOf(start, end);
    const series = members.map((seat) =>
      columnsOf(sessionPart, seat.tags, sessionParts(seat.sessions, grid), grid),
    );
    return { base: 'session', step: '15m', tags, from: start, to, series };
  };
  const startOf = ({ sessions }: Seat): number => {
    const touching = sessions.find((session) => session.to > from && session.from < to);
    return Math.min(from, Math.max(floor, floorTo(touching?.from ?? from, quarterMs)));
  };
  const long = seats.filter((seat) => startOf(seat) < from);
  return [
    make(seats, { site: site.id }, from),
    ...long.map((seat) => make([seat], { site: site.id, device: seat.tags.device }, startOf(seat))),
  ];
};

const makePresence = (seats: readonly Seat[], { site, settings, from, to, end }: Scope): Made[] => {
  const grid = minutesOf(from, end);
  const groups = [
    ...site.zones.map(({ id, capacity }) => ({ zone: id, capacity })),
    { zone: undefined, capacity: 0 },
  ];
  const capacity = site.zones.reduce((sum, zone) => sum + zone.capacity, 0);
  const series = groups.map((group) => {
    const members = seats.filter(({ tags }) => group.zone === undefined || tags.zone === group.zone);
    const placed = site.seats.filter(({ zone }) => group.zone === undefined || zone === group.zone);
    const parts = presenceParts(
      members.flatMap(({ states }) => [...seatChanges(states)]),
      {
        devices: placed.length,
        capacity: group.zone === undefined ? capacity : group.capacity,
        source: 'seats',
      },
      grid,
      settings,
    );
    const place = group.zone === undefined ? {} : { zone: group.zone };
    return columnsOf(presencePart, { site: site.id, ...place, source: 'seats' }, parts, grid);
  });
  return [{ base: 'presence', step: '1m', tags: { site: site.id, source: 'seats' }, from, to, series }];
};
