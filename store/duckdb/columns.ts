import { BIGINT, DOUBLE, DuckDBTimestampMillisecondsValue, type DuckDBValue } from '@duckdb/node-api';
import type { FieldDefinition, MeasurementDefinition } from '../../model/measurement.ts';
import type { StoredName } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import type { ColumnValues } from './bulk-appender.ts';
import type { NewSeries } from './catalog.ts';

/** Type of a field's column. */
export const columnTypes = { integer: BIGINT, float: DOUBLE } as const;

/** Points of one measurement and the numbers of their series, side by side. */
export interface Rows {
  readonly points: Point<StoredName>[];
  readonly ids: number[];
}

/** Rows as the columns of a table; a column that the model does not know is left NULL. */
export const pointValues = (
  columns: readonly string[],
  { fields }: MeasurementDefinition,
  { points, ids }: Rows,
): ColumnValues =>
  columns.map((column) => {
    if (column === 'series') return ids;
    if (column === 'ts') return points.map(({ time }) => new DuckDBTimestampMillisecondsValue(BigInt(time)));
    const type = fields[column]?.type;
    return points.map((point) => (type === undefined ? null : fieldValue(point.fields[column], type)));
  });

/** Adding 0 makes -0 the 0 that line protocol would have made of it. */
const fieldValue = (value: number | undefined, type: FieldDefinition['type']): DuckDBValue => {
  if (value === undefined) return null;
  return type === 'integer' ? BigInt(value) : value + 0;
};

/** Series as the columns of their table. */
export const seriesValues = (columns: readonly string[], added: readonly NewSeries[]): ColumnValues =>
  columns.map((column) => {
    if (column === 'id') return added.map(({ id }) => id);
    if (column === 'measurement') return added.map(({ measurement }) => measurement);
    return added.map(({ tags }) => tags[column] ?? '');
  });
