import { type Evidence, row, share } from './evidence.ts';
import type { ByKeys, Figure } from './figure.ts';
import { hourMs } from './grid.ts';

/** Time of a place of the matrix, of all seats. */
interface Cell {
  elapsedMs: number;
  validMs: number;
  occupiedMs: number;
}

/** Cells by hour, by weekday (Monday is 1), and by both together: weekday × 24 + hour. */
interface Cells {
  readonly hours: ReadonlyMap<number, Cell>;
  readonly weekdays: ReadonlyMap<number, Cell>;
  readonly both: ReadonlyMap<number, Cell>;
}

/**
 * Occupied share of time by local hour and weekday, and the busiest hour and weekday: those with the highest share
 * among the ones of which enough is known; the earliest of equals.
 */
export const busiest = (evidence: Evidence): readonly Figure[] => {
  const { hours, weekdays, both } = cellsOf(evidence);
  const seats = Math.max(1, evidence.devices.seat ?? 0);
  const each = (cells: ReadonlyMap<number, Cell>, keysOf: (place: number) => ByKeys): readonly Figure[] =>
    inOrder(cells).map(([place, { validMs, elapsedMs, occupiedMs }]) => {
      const value = share(occupiedMs, validMs, 'no_data');
      return row('busiest', evidence, { validMs, elapsedMs, devices: seats }, value, { by: keysOf(place) });
    });
  return [
    ...top(evidence, hours, 'busiest_hour'),
    ...top(evidence, weekdays, 'busiest_weekday'),
    ...each(hours, (hour) => ({ statistic: 'hour', hour: String(hour) })),
    ...each(weekdays, (day) => ({ statistic: 'weekday', weekday: String(day) })),
    ...each(both, (place) => ({
      statistic: 'cell',
      weekday: String(Math.floor(place / 24)),
      hour: String(place % 24),
    })),
  ];
};

const inOrder = (cells: ReadonlyMap<number, Cell>): readonly (readonly [number, Cell])[] =>
  [...cells].sort(([a], [b]) => a - b);

const cellsOf = ({ window, rows, local, devices }: Evidence): Cells => {
  const hours = new Map<number, Cell>();
  const weekdays = new Map<number, Cell>();
  const both = new Map<number, Cell>();
  const add = (time: number, lengths: Cell): void => {
    const { day, hour } = local.at(time);
    addTo(hours, hour, lengths);
    addTo(weekdays, day.weekday, lengths);
    addTo(both, day.weekday * 24 + hour, lengths);
  };
  const seats = Math.max(1, devices.seat ?? 0);
  for (let time = window.from; time < window.to; ) {
    const next = Math.min(window.to, (Math.floor(time / hourMs) + 1) * hourMs);
    add(time, { elapsedMs: (next - time) * seats, validMs: 0, occupiedMs: 0 });
    time = next;
  }
  for (const { time, part } of rows.seat ?? []) {
    add(time, { elapsedMs: 0, validMs: part.valid_ms ?? 0, occupiedMs: part.occupied_ms ?? 0 });
  }
  return { hours, weekdays, both };
};

const addTo = (cells: Map<number, Cell>, place: number, { elapsedMs, validMs, occupiedMs }: Cell): void => {
  const cell = cells.get(place) ?? { elapsedMs: 0, validMs: 0, occupiedMs: 0 };
  cells.set(place, cell);
  cell.elapsedMs += elapsedMs;
  cell.validMs += validMs;
  cell.occupiedMs += occupiedMs;
};

const top = (
  evidence: Evidence,
  cells: ReadonlyMap<number, Cell>,
  statistic: 'busiest_hour' | 'busiest_weekday',
): readonly Figure[] => {
  let best: number | undefined;
  let most = 0;
  let elapsedMs = 0;
  let validMs = 0;
  for (const [place, cell] of inOrder(cells)) {
    elapsedMs += cell.elapsedMs;
    validMs += cell.validMs;
    const isKnown = cell.validMs > 0 && cell.validMs >= evidence.settings.coverageMin * cell.elapsedMs;
    const occupied = isKnown ? cell.occupiedMs / cell.validMs : 0;
    if (occupied <= most) continue;
    most = occupied;
    best = place;
  }
  const known = { validMs, elapsedMs, devices: Math.max(1, evidence.devices.seat ?? 0) };
  return [row('busiest', evidence, known, best ?? 'no_users', { by: { statistic } })];
};
