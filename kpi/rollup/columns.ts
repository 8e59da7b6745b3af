import type { Tags } from '../../model/point.ts';
import type { SeriesColumns } from '../../store/history.ts';
import type { Grid } from '../grid.ts';
import type { Combine, Part, PartDefinition } from '../part.ts';

/** Parts of a grid as columns; windows of which nothing is known are left out. */
export const columnsOf = (
  definition: PartDefinition,
  tags: Tags,
  parts: readonly Part[],
  { from, everyMs }: Grid,
): SeriesColumns => {
  const names = Object.keys(definition.fields);
  const places: number[] = [];
  for (const [place, part] of parts.entries()) if (hasValue(part)) places.push(place);
  const fields: Record<string, Float64Array> = {};
  for (const name of names) {
    const column = new Float64Array(places.length);
    let some = false;
    for (const [row, place] of places.entries()) {
      const value = parts[place]?.[name];
      column[row] = value ?? Number.NaN;
      some ||= value !== undefined;
    }
    if (some) fields[name] = column;
  }
  return { tags, times: Float64Array.from(places, (place) => from + place * everyMs), fields };
};

const hasValue = (part: Part): boolean => {
  for (const name in part) if (part[name] !== undefined) return true;
  return false;
};

/** Rows of columns as parts, by the start of their window. */
export function* partsIn({ times, fields }: SeriesColumns): Generator<readonly [time: number, part: Part]> {
  const columns = Object.entries(fields);
  for (const [row, time] of times.entries()) {
    const part: Record<string, number> = {};
    for (const [name, column] of columns) {
      const value = column[row];
      if (value !== undefined && !Number.isNaN(value)) part[name] = value;
    }
    yield [time, part];
  }
}

/**
 * Joins the windows of a series to longer ones. A `list` is dropped: it stands in the quarter hours alone.
 * @param windowOf start of the longer window that holds a time; never falls as time goes on
 */
export const mergeColumns = (
  definition: PartDefinition,
  { tags, times, fields }: SeriesColumns,
  windowOf: (time: number) => number,
): SeriesColumns => {
  const starts: number[] = [];
  const places = new Uint32Array(times.length);
  for (const [row, time] of times.entries()) {
    const start = windowOf(time);
    if (starts.at(-1) !== start) starts.push(start);
    places[row] = starts.length - 1;
  }
  const merged: Record<string, Float64Array> = {};
  for (const [name, column] of Object.entries(fields)) {
    const combine = definition.fields[name]?.combine;
    if (combine === undefined || combine === 'list') continue;
    merged[name] = mergeColumn(column, places, starts.length, combine);
  }
  return { tags, times: Float64Array.from(starts), fields: merged };
};

const mergeColumn = (
  column: Float64Array,
  places: Uint32Array,
  count: number,
  combine: Exclude<Combine, 'list'>,
): Float64Array => {
  const result = new Float64Array(count).fill(Number.NaN);
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const place = places[row] ?? 0;
    const known = result[place] ?? Number.NaN;
    result[place] = Number.isNaN(known) ? value : joiners[combine](known, value);
  }
  return result;
};

const joiners: Readonly<Record<Exclude<Combine, 'list'>, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  max: Math.max,
  min: Math.min,
  last: (_, b) => b,
};
