import type { SeriesColumns } from '../../store/history.ts';
import type { Timed } from '../evidence.ts';
import type { Combine } from '../part.ts';
import { type PartName, type PartOf, parts } from '../parts.ts';

/** Rows of one series as timed parts, each with what its tags tell of it. */
export const rowsOf = <N extends PartName>(
  _: N,
  { tags, times, fields }: SeriesColumns,
  own: Pick<Timed<N>, 'source' | 'kind'> = sourceOf(tags.source),
): Timed<N>[] => {
  const columns = Object.entries(fields);
  const rows: Timed<N>[] = [];
  for (const [index, time] of times.entries()) {
    const part: Record<string, number> = {};
    for (const [name, column] of columns) {
      const value = column[index] ?? Number.NaN;
      if (!Number.isNaN(value)) part[name] = value;
    }
    rows.push({ time, part: part as PartOf<N>, ...own });
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
  const times = timesOf(series);
  const added: Record<string, Float64Array> = {};
  const placed = series.map((columns) => ({ columns, places: placesIn(times, columns.times) }));
  for (const [field, { combine }] of Object.entries(parts[name].fields)) {
    if (combine === 'list' || series.every(({ fields }) => fields[field] === undefined)) continue;
    const total = new Float64Array(times.length).fill(Number.NaN);
    for (const { columns, places } of placed) addColumn(total, columns.fields[field], places, combine);
    added[field] = total;
  }
  return rowsOf(name, { tags: {}, times, fields: added });
};

/** All times that any of the series has. */
const timesOf = (series: readonly SeriesColumns[]): Float64Array => {
  const longest = series.reduce((a, b) => (b.times.length > a.times.length ? b : a)).times;
  const all = new Set(longest);
  for (const { times } of series) for (const time of times) all.add(time);
  // Windows of devices that are never silent are the same.
  return all.size === longest.length ? longest : Float64Array.from(all).sort();
};

/** Where times stand among all times; both ascend. */
const placesIn = (all: Float64Array, times: Float64Array): Uint32Array => {
  const places = new Uint32Array(times.length);
  let place = 0;
  for (let row = 0; row < times.length; row++) {
    while ((all[place] ?? Number.POSITIVE_INFINITY) < (times[row] ?? 0)) place++;
    places[row] = place;
  }
  return places;
};

const addColumn = (
  total: Float64Array,
  column: Float64Array | undefined,
  places: Uint32Array,
  combine: Exclude<Combine, 'list'>,
): void => {
  if (column === undefined) return;
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const place = places[row] ?? 0;
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
