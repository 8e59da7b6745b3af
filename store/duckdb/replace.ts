import { DuckDBTimestampMillisecondsValue, type DuckDBValue } from '@duckdb/node-api';
import { ApertoError } from '../../model/errors.ts';
import type { StoredName } from '../../model/measurements.ts';
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
  { measurement, site, from, to }: NumberedReplacement,
  catalog: Catalog,
): string | undefined => {
  const held = catalog.matching(measurement, { site }).filter((id) => !catalog.isAhead(id, from));
  if (held.length === 0) return undefined;
  return (
    `delete from ${identifier(pointsTable(measurement))} where ts >= ${instant(from)} and ts < ${instant(to)} ` +
    `and series in (${held.join(', ')})`
  );
};

/** All rows as the columns of their table; a column that is not given is NULL. */
export const replacementValues = (
  columns: readonly string[],
  { series, ids }: NumberedReplacement,
): ColumnValues =>
  columns.map((column) => {
    const values: DuckDBValue[] = [];
    for (const [index, { times, fields }] of series.entries()) {
      const id = ids[index] ?? null;
      const given = fields[column];
      for (let row = 0; row < times.length; row++) {
        if (column === 'series') values.push(id);
        else if (column === 'ts') values.push(timestamp(times[row]));
        else values.push(number(given?.[row]));
      }
    }
    return values;
  });

const timestamp = (time: number | undefined): DuckDBValue =>
  new DuckDBTimestampMillisecondsValue(BigInt(time ?? 0));

const number = (value: number | undefined): DuckDBValue =>
  value === undefined || Number.isNaN(value) ? null : value + 0;
