import { DuckDBTimestampMillisecondsValue, type DuckDBValue } from '@duckdb/node-api';
import { ApertoError } from '../../model/errors.ts';
import { fieldOf, type StoredName } from '../../model/measurements.ts';
import { seriesKey } from '../../model/point.ts';
import type { Replacement } from '../history.ts';
import type { ColumnValues } from './bulk-appender.ts';
import type { Catalog, NewSeries } from './catalog.ts';
import { pointsTable } from './schema.ts';
import { identifier, instant } from './sql.ts';

/** A replacement with the numbers of its series, in their order. */
export interface NumberedReplacement extends Replacement<StoredName> {
  readonly ids: readonly number[];
  readonly added: readonly NewSeries[];
}

/** Finds the number of each series or gives it one. */
export const numberReplacement = (
  replacement: Replacement<StoredName>,
  catalog: Catalog,
): NumberedReplacement => {
  const { measurement, series } = replacement;
  const added: NewSeries[] = [];
  const ids = series.map(({ tags }) => {
    const key = seriesKey(measurement, tags);
    const known = catalog.idOf(key);
    if (known !== undefined) return known;
    const fresh = catalog.add(key, measurement, tags);
    if (fresh === undefined) throw new ApertoError('store_rejected', 'the store has its fill of series');
    added.push(fresh);
    return fresh.id;
  });
  return { ...replacement, ids, added };
};

/** Statement that clears the span; `undefined` where nothing can be there. */
export const clearStatement = (
  { measurement, tags, from, to }: NumberedReplacement,
  catalog: Catalog,
): string | undefined => {
  const held = catalog.matching(measurement, tags).filter((id) => !catalog.isAhead(id, from));
  if (held.length === 0) return undefined;
  return (
    `delete from ${identifier(pointsTable(measurement))} where ts >= ${instant(from)} and ts < ${instant(to)} ` +
    `and series in (${held.join(', ')})`
  );
};

/** All rows as the columns of their table; a column that is not given is NULL. */
export const replacementValues = (
  columns: readonly string[],
  { measurement, series, ids }: NumberedReplacement,
): ColumnValues => {
  const count = series.reduce((sum, { times }) => sum + times.length, 0);
  const instants = new Map<number, DuckDBValue>();
  return columns.map((column) => {
    if (column === 'series')
      return series.flatMap(({ times }, index) => Array(times.length).fill(ids[index]));
    if (column === 'ts')
      return series.flatMap(({ times }) => Array.from(times, (time) => instantOf(time, instants)));
    const isInteger = fieldOf(measurement, column)?.type === 'integer';
    const values: DuckDBValue[] = new Array(count).fill(null);
    let start = 0;
    for (const { times, fields } of series) {
      const given = fields[column];
      if (given !== undefined) copy(given, values, start, isInteger);
      start += times.length;
    }
    return values;
  });
};

const copy = (from: Float64Array, to: DuckDBValue[], start: number, isInteger: boolean): void => {
  for (let row = 0; row < from.length; row++) {
    const value = from[row] ?? Number.NaN;
    if (!Number.isNaN(value)) to[start + row] = isInteger ? BigInt(value) : value + 0;
  }
};

/** Windows of many series share their times: each is made once. */
const instantOf = (time: number, known: Map<number, DuckDBValue>): DuckDBValue => {
  let instant = known.get(time);
  if (instant === undefined) {
    instant = new DuckDBTimestampMillisecondsValue(BigInt(time));
    known.set(time, instant);
  }
  return instant;
};
