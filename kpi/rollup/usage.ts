import type { Tags } from '../../model/point.ts';
import type { SeriesColumns } from '../../store/history.ts';
import type { LocalTime } from '../local-time.ts';

const summed = ['valid_ms', 'occupied_ms', 'people_ms'] as const;

/** An hour of a zone, on the clock of its site. */
interface Cell {
  readonly tags: Tags;
  readonly sums: Map<number, Record<(typeof summed)[number], number>>;
}

/**
 * The seats of each zone together, a series for each weekday and hour of the clock.
 * @param seats all seats of a site, in windows of an hour
 */
export const usageOf = (seats: readonly SeriesColumns[], local: LocalTime): readonly SeriesColumns[] => {
  const cells = new Map<string, Cell>();
  for (const { tags, times, fields } of seats) {
    const { site = '', zone = '' } = tags;
    for (const [row, time] of times.entries()) {
      const { day, hour } = local.at(time);
      const place = { site, zone, weekday: String(day.weekday), hour: String(hour).padStart(2, '0') };
      const key = `${zone} ${place.weekday} ${place.hour}`;
      const cell = cells.get(key) ?? { tags: place, sums: new Map() };
      cells.set(key, cell);
      const sums = cell.sums.get(time) ?? { valid_ms: 0, occupied_ms: 0, people_ms: 0 };
      cell.sums.set(time, sums);
      for (const field of summed) sums[field] += fields[field]?.[row] || 0;
    }
  }
  return [...cells.values()].map(toColumns);
};

const toColumns = ({ tags, sums }: Cell): SeriesColumns => {
  const rows = [...sums].sort(([a], [b]) => a - b);
  return {
    tags,
    times: Float64Array.from(rows, ([time]) => time),
    fields: Object.fromEntries(
      summed.map((field) => [field, Float64Array.from(rows, ([, values]) => values[field])]),
    ),
  };
};
