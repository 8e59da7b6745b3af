import { type StoredName, tagsOf } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import type { SeriesColumns } from '../history.ts';
import { pickTags } from '../page.ts';
import type { Table } from './query.ts';

/** Series as columns, of a query that selects fields and groups by all tags. */
export const toColumns = (
  tables: readonly Table[],
  measurement: StoredName,
  fields: readonly string[],
): SeriesColumns[] =>
  tables.map(({ tags = {}, values }) => ({
    tags: pickTags(tagsOf(measurement), (name) => tags[name]),
    times: Float64Array.from(values, (cells) => Number(cells[0])),
    fields: Object.fromEntries(
      fields.map((field, index) => [
        field,
        Float64Array.from(values, (cells) => {
          const cell = cells[index + 1];
          return typeof cell === 'number' ? cell : Number.NaN;
        }),
      ]),
    ),
  }));

/** Columns as points; those without any value are none. */
export const pointsOf = <M extends StoredName>(
  measurement: M,
  { tags, times, fields }: SeriesColumns,
): Point<M>[] => {
  const entries = Object.entries(fields);
  const points: Point<M>[] = [];
  for (const [row, time] of times.entries()) {
    const values: Record<string, number> = {};
    for (const [field, column] of entries) {
      const value = column[row];
      if (value !== undefined && !Number.isNaN(value)) values[field] = value;
    }
    if (Object.keys(values).length > 0) points.push({ measurement, tags, fields: values, time });
  }
  return points;
};

/** Whether something stands in `before` that `after` has no word on: a value, or a whole point. */
export const leavesStale = (before: SeriesColumns, after: SeriesColumns | undefined): boolean => {
  const rows = new Map([...(after?.times.entries() ?? [])].map(([row, time]) => [time, row]));
  return Object.entries(before.fields).some(([field, column]) =>
    column.some((value, row) => {
      if (Number.isNaN(value)) return false;
      const place = rows.get(before.times[row] ?? Number.NaN);
      return place === undefined || Number.isNaN(after?.fields[field]?.[place] ?? Number.NaN);
    }),
  );
};
