import { type Evidence, row, share } from './evidence.ts';
import type { Figure } from './figure.ts';
import { hourMs } from './grid.ts';

/** Time of a place of the matrix, of all seats. */
interface Cell {
  elapsedMs: number;
  validMs: number;
  occupiedMs: number;
}

/** Cells of an hour (`h10`), a weekday (`d1`, Monday) and both together (`d1h10`). */
type Cells = ReadonlyMap<string, Cell>;

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/**
 * Occupied share of time by local hour and weekday, and the busiest hour and weekday: those with the highest share
 * among the ones of which enough is known; the earliest of equals.
 */
export const busiest = (evidence: Evidence): readonly Figure[] => {
  const cells = cellsOf(evidence);
  const one = (key: string, by: Readonly<Record<string, string>>): readonly Figure[] => {
    const cell = cells.get(key);
    if (cell === undefined) return [];
    const seats = Math.max(1, evidence.devices.seat ?? 0);
    const known = { validMs: cell.validMs, elapsedMs: cell.elapsedMs, devices: seats };
    return [row('busiest', evidence, known, share(cell.occupiedMs, cell.validMs, 'no_data'), { by })];
  };
  return [
    ...top(evidence, cells, hours, 'h', 'busiest_hour'),
    ...top(evidence, cells, weekdays, 'd', 'busiest_weekday'),
    ...hours.flatMap((hour) => one(`h${hour}`, { statistic: 'hour', hour: String(hour) })),
    ...weekdays.flatMap((day) => one(`d${day}`, { statistic: 'weekday', weekday: String(day) })),
    ...weekdays.flatMap((day) =>
      hours.flatMap((hour) =>
        one(`d${day}h${hour}`, { statistic: 'cell', weekday: String(day), hour: String(hour) }),
      ),
    ),
  ];
};

const cellsOf = ({ window, rows, local, devices }: Evidence): Cells => {
  const cells = new Map<string, Cell>();
  const add = (time: number, lengths: Cell): void => {
    const { day, hour } = local.at(time);
    for (const key of [`h${hour}`, `d${day.weekday}`, `d${day.weekday}h${hour}`]) {
      const cell = cells.get(key) ?? { elapsedMs: 0, validMs: 0, occupiedMs: 0 };
      cells.set(key, cell);
      cell.elapsedMs += lengths.elapsedMs;
      cell.validMs += lengths.validMs;
      cell.occupiedMs += lengths.occupiedMs;
    }
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
  return cells;
};

const top = (
  evidence: Evidence,
  cells: Cells,
  places: readonly number[],
  prefix: 'h' | 'd',
  statistic: 'busiest_hour' | 'busiest_weekday',
): readonly Figure[] => {
  let best: number | undefined;
  let most = 0;
  let elapsedMs = 0;
  let validMs = 0;
  for (const place of places) {
    const cell = cells.get(prefix + place);
    if (cell === undefined) continue;
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
