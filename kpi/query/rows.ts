import type { SeriesColumns } from '../../store/history.ts';
import type { Timed } from '../evidence.ts';
import type { Combine } from '../part.ts';
import { type PartName, type PartOf, parts } from '../parts.ts';

/** Rows of one series as timed parts. */
export const rowsOf = <N extends PartName>(_: N, { tags, times, fields }: SeriesColumns): Timed<N>[] => {
  const columns = Object.entries(fields);
  const rows: Timed<N>[] = [];
  for (const [index, time] of times.entries()) {
    const part: Record<string, number> = {};
    for (const [name, column] of columns) {
      const value = column[index] ?? Number.NaN;
      if (!Number.isNaN(value)) part[name] = value;
    }
    rows.push({ time, part: part as PartOf<N>, ...sourceOf(tags.source) });
  }
  return rows;
};

const sourceOf = (source: string | undefined): Pick<Timed<PartName>, 'source'> =>
  source === 'seats' || source === 'counters' ? { source } : {};

/** One row for each series and time, in order of time. */
export const sideBySide = <N extends PartName>(
  name: N,
  series: readonly SeriesColumns[],
): readonly Timed<N>[] => series.flatMap((columns) => rowsOf(name, columns)).sort((a, b) => a.time - b.time);

/**
 * Series added up: one row for each time. Columns are added, not rows, because a month of hours of a whole site has
 * tens of thousands of them.
 */
export const addedUp = <N extends PartName>(
  name: N,
  series: readonly SeriesColumns[],
): readonly Timed<N>[] => {
  const [only, ...others] = series;
  if (only === undefined) return [];
  if (others.length === 0) return rowsOf(name, only);
  const times = Float64Array.from(new Set(series.flatMap((columns) => [...columns.times]))).sort();
  const places = new Map([...times.entries()].map(([place, time]) => [time, place]));
  const added: Record<string, Float64Array> = {};
  for (const [field, { combine }] of Object.entries(parts[name].fields)) {
    if (combine === 'list') continue;
    const total = new Float64Array(times.length).fill(Number.NaN);
    for (const columns of series) addColumn(total, columns, columns.fields[field], places, combine);
    added[field] = total;
  }
  return rowsOf(name, { tags: {}, times, fields: added });
};

const addColumn = (
  total: Float64Array,
  { times }: SeriesColumns,
  column: Float64Array | undefined,
  places: ReadonlyMap<number, number>,
  combine: Exclude<Combine, 'list'>,
): void => {
  if (column === undefined) return;
  for (const [row, time] of times.entries()) {
    const value = column[row] ?? Number.NaN;
    const place = places.get(time);
    if (place === undefined || Number.isNaN(value)) continue;
    const known = total[place] ?? Number.NaN;
    total[place] = Number.isNaN(known) ? value : join[combine](known, value);
  }
};

const join: Readonly<Record<Exclude<Combine, 'list'>, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  max: Math.max,
  min: Math.min,
  last: (_, b) => b,
};

/** The rows within a window, of rows in order of time. */
export const rowsWithin = <N extends PartName>(
  rows: readonly Timed<N>[],
  from: number,
  to: number,
): readonly Timed<N>[] => rows.slice(placeOf(rows, from), placeOf(rows, to));

const placeOf = (rows: readonly { readonly time: number }[], time: number): number => {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.time ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};
