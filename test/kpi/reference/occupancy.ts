import { clockOf, fourOn, midnight } from './clock.ts';
import { people as possible, standingOf } from './counter.ts';
import { countUntil, integrate, pieces, type Series, type Span } from './raw.ts';

export type Table = Record<string, number | undefined>;

const occupiedAt = (seat: Series, time: number): number | undefined => seat.at(time)?.fields.occupied;
const peopleAt = (seat: Series, time: number): number | undefined => {
  const fields = seat.at(time)?.fields;
  return fields && (fields.people ?? fields.occupied);
};

/** Sessions by their definition: join what is closer than five minutes, drop what is shorter than two. */
export const sessionsOf = (seat: Series, all: Span): readonly Span[] => {
  let joined: Span[] = [];
  for (const piece of pieces(all, seat.edgesIn(all))) {
    if (occupiedAt(seat, piece.from) !== 1) continue;
    const last = joined.at(-1);
    if (last !== undefined && (piece.from - last.to < 300_000 || piece.from === last.to)) {
      joined = [...joined.slice(0, -1), { from: last.from, to: piece.to }];
    } else joined.push(piece);
  }
  return joined.filter(({ from, to }) => to - from >= 120_000);
};

const percentile = (values: readonly number[], share: number): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return undefined;
  const part = place % 1;
  return below * (1 - part) + above * part;
};

/** Figures of a group of seats in a window. */
export const seatFigures = (
  seats: readonly Series[],
  sessions: readonly (readonly Span[])[],
  capacity: number,
  window: Span,
): Table => {
  const total = (rate: (seat: Series, time: number) => number): number =>
    seats.reduce((sum, seat) => sum + integrate(window, seat, (time) => rate(seat, time)), 0);
  const valid = total((seat, time) => (occupiedAt(seat, time) === undefined ? 0 : 1));
  const occupied = total((seat, time) => occupiedAt(seat, time) ?? 0);
  const present = total((seat, time) => peopleAt(seat, time) ?? 0);
  const began = sessions.flatMap((own) =>
    own
      .filter(({ from }) => from >= window.from && from < window.to)
      .map(({ from, to }) => (to - from) / 60_000),
  );
  const mean = (present / valid) * seats.length;
  return {
    coverage: valid / (window.to - window.from) / seats.length,
    time_occupancy: occupied / valid,
    'people_present seats mean': mean,
    'utilisation seats mean': mean / capacity,
    sessions: began.length,
    'dwell median': percentile(began, 0.5),
    'dwell mean': began.length === 0 ? undefined : began.reduce((a, b) => a + b) / began.length,
    'dwell p90': percentile(began, 0.9),
    turnover: began.length / seats.length / daysIn(window),
    ...together(seats, capacity, window),
  };
};

/** Figures that need all seats of the group at one time. */
const together = (seats: readonly Series[], capacity: number, window: Span): Table => {
  let knownMs = 0;
  let peak = 0;
  let surplus = Number.POSITIVE_INFINITY;
  const state = { under: 0, in: 0, crowded: 0, over: 0 };
  for (const { from, to } of pieces(
    window,
    seats.flatMap((seat) => seat.edgesIn(window)),
  )) {
    const states = seats.flatMap((seat) => occupiedAt(seat, from) ?? []);
    if (states.length === 0 || states.length < seats.length / 2) continue;
    const seen = seats.reduce((sum, seat) => sum + (peopleAt(seat, from) ?? 0), 0);
    knownMs += to - from;
    peak = Math.max(peak, seen);
    surplus = Math.min(surplus, states.filter((one) => one === 0).length);
    const use = (seen * seats.length) / states.length / capacity;
    state[stateOf(use)] += to - from;
  }
  return {
    'people_present seats peak': peak,
    'utilisation seats peak': peak / capacity,
    minimum_surplus: surplus,
    'time_in_target seats under': state.under / knownMs,
    'time_in_target seats in': state.in / knownMs,
    'time_in_target seats crowded': state.crowded / knownMs,
    'time_in_target seats over': state.over / knownMs,
  };
};

const stateOf = (use: number): 'under' | 'in' | 'crowded' | 'over' => {
  if (use > 1) return 'over';
  if (use >= 0.85) return 'crowded';
  return use >= 0.6 ? 'in' : 'under';
};

/** Local days of a window, quarter hour by quarter hour. */
const daysIn = ({ from, to }: Span): number =>
  new Set(minutesOf({ from, to }).map((time) => clockOf(time).date)).size;
const minutesOf = ({ from, to }: Span): readonly number[] =>
  Array.from({ length: (to - from) / 900_000 }, (_, index) => from + index * 900_000);

/** Occupied share by weekday and hour, and the busiest of each. */
export const busiestFigures = (seats: readonly Series[], window: Span): Table => {
  const sums = new Map<string, { valid: number; occupied: number; elapsed: number }>();
  for (const start of minutesOf(window)) {
    const { hour, weekday } = clockOf(start);
    const quarter = { from: start, to: start + 900_000 };
    let valid = 0;
    let occupied = 0;
    for (const seat of seats) {
      valid += integrate(quarter, seat, (time) => (occupiedAt(seat, time) === undefined ? 0 : 1));
      occupied += integrate(quarter, seat, (time) => occupiedAt(seat, time) ?? 0);
    }
    for (const key of [`hour ${hour}`, `weekday ${weekday}`, `cell ${weekday} ${hour}`]) {
      const sum = sums.get(key) ?? { valid: 0, occupied: 0, elapsed: 0 };
      const elapsed = sum.elapsed + 900_000 * seats.length;
      sums.set(key, { valid: sum.valid + valid, occupied: sum.occupied + occupied, elapsed });
    }
  }
  const table: Table = {};
  const best = { hour: 0, weekday: 0 };
  for (const [key, { valid, occupied, elapsed }] of [...sums].sort(([a], [b]) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )) {
    const share = valid < elapsed / 2 ? undefined : occupied / valid;
    table[`busiest ${key}`] = share;
    const [kind = '', place] = key.split(' ');
    if ((kind === 'hour' || kind === 'weekday') && (share ?? 0) > best[kind]) {
      best[kind] = share ?? 0;
      table[`busiest busiest_${kind}`] = Number(place);
    }
  }
  return table;
};

/** Figures of the counters of a site: people in less people out since four in the morning. */
export const counterFigures = (counters: readonly Series[], capacity: number, window: Span): Table => {
  const passed = counters
    .flatMap((counter) => [
      ...standingOf(counter, 'in_total', possible).map(({ time, counted = 0 }) => ({
        time,
        people: counted,
      })),
      ...standingOf(counter, 'out_total', possible).map(({ time, counted = 0 }) => ({
        time,
        people: -counted,
      })),
    ])
    .filter(({ people }) => people !== 0);
  const resets = datesAround(window).map(fourOn);
  const ordered = passed.sort((a, b) => a.time - b.time);
  const times = ordered.map(({ time }) => time);
  const sums = [0];
  for (const { people } of ordered) sums.push((sums.at(-1) ?? 0) + people);
  const until = (time: number): number => sums[countUntil(times, time)] ?? 0;
  const balance = (time: number): number =>
    until(time) - until(Math.max(...resets.filter((one) => one <= time)) - 1);
  const edges = [
    ...counters.flatMap((counter) => counter.edgesIn(window)),
    ...resets,
    ...passed.map(({ time }) => time),
  ];
  let knownMs = 0;
  let peopleMs = 0;
  let peak = 0;
  const state = { under: 0, in: 0, crowded: 0, over: 0 };
  for (const { from, to } of pieces(window, edges)) {
    const known = counters.filter((counter) => counter.at(from) !== undefined).length;
    if (known === 0 || known < counters.length / 2) continue;
    const people = Math.max(0, balance(from));
    knownMs += to - from;
    peopleMs += people * (to - from);
    peak = Math.max(peak, people);
    state[stateOf(people / capacity)] += to - from;
  }
  const within = resets.filter((reset) => reset >= window.from && reset < window.to);
  return {
    'people_present counters mean': peopleMs / knownMs,
    'people_present counters peak': peak,
    'utilisation counters mean': peopleMs / knownMs / capacity,
    'utilisation counters peak': peak / capacity,
    'time_in_target counters under': state.under / knownMs,
    'time_in_target counters in': state.in / knownMs,
    'time_in_target counters crowded': state.crowded / knownMs,
    'time_in_target counters over': state.over / knownMs,
    counter_drift: within.reduce((sum, reset) => sum + balance(reset - 1), 0),
  };
};

const datesAround = ({ from, to }: Span): readonly string[] =>
  [
    ...new Set(
      minutesOf({ from: from - 2 * 86_400_000, to: to + 86_400_000 }).map((time) => clockOf(time).date),
    ),
  ].filter((date) => midnight(date) > 0);
