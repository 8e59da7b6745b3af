import { definitionOf, type StoredName, tagsOf } from '../../model/measurements.ts';
import type { Tags } from '../../model/point.ts';
import type { ScanQuery } from '../history.ts';
import { timeMax } from '../point-check.ts';
import { clampTime, type FieldOf, type TagOf } from '../query-check.ts';
import type { Aggregation } from '../store.ts';

/** A name of a measurement, field, tag or database: double quotes, with a backslash before those inside. */
export const identifier = (name: string): string => `"${escapeWith(name, '"')}"`;

/** A text: single quotes, with a backslash before those inside. */
export const literal = (text: string): string => `'${escapeWith(text, "'")}'`;

const escapeWith = (text: string, quote: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n');

/** What a query speaks of: it can only name what the model has. */
export interface Source<M extends StoredName = StoredName> {
  readonly measurement: M;
  readonly field: FieldOf<M>;
  /** Every named tag must match; an empty value stands for an absent tag. */
  readonly tags: Tags;
  /** [from, to), epoch milliseconds within the times that a point can have. */
  readonly from: number;
  readonly to: number;
  readonly rowsMax?: number | undefined;
}

/** What is to be deleted: all points of these tags within [from, to). */
export interface Deletion extends Pick<Source, 'tags' | 'from' | 'to'> {
  readonly measurement: StoredName;
}

export interface WindowSource<M extends StoredName = StoredName> extends Source<M> {
  readonly aggregation: Aggregation;
  readonly everyMs: number;
  readonly by: readonly TagOf<M>[];
}

/**
 * Raw values with all tags beside them. Tags are selected and not grouped by, because LIMIT counts the rows of each
 * group; so it counts all rows, in order of time.
 */
export const rangeQuery = <M extends StoredName>(source: Source<M>): string =>
  `SELECT ${columns([source.field, ...tagsOf(source.measurement)])} FROM ${identifier(source.measurement)} ` +
  `WHERE ${conditions(source)} ORDER BY time${limit(source.rowsMax)}`;

/** Windows of an aggregate with the group's tags beside them, in order of time; LIMIT counts as in `rangeQuery`. */
export const aggregateQuery = <M extends StoredName>(source: WindowSource<M>): string => {
  const { aggregation, field, measurement, everyMs, by, rowsMax } = source;
  const groups = [`time(${everyMs}ms)`, ...by.map(identifier)].join(', ');
  const inner =
    `SELECT ${aggregation}(${identifier(field)}) AS "value" FROM ${identifier(measurement)} ` +
    `WHERE ${conditions(source)} GROUP BY ${groups} fill(none)`;
  return `SELECT ${columns(['value', ...by])} FROM (${inner}) ORDER BY time${limit(rowsMax)}`;
};

/**
 * All points of a span, a table a series: those fields that are asked for, then the others, because InfluxDB leaves
 * out points that have none of what is selected.
 */
export const scanQuery = ({ measurement, fields, tags, from, to }: ScanQuery<StoredName>): string =>
  `SELECT ${columns([...new Set([...fields, ...Object.keys(definitionOf(measurement).fields)])])} FROM ${identifier(measurement)} WHERE ${conditions({ tags, from, to })} ` +
  `GROUP BY ${columns(tagsOf(measurement))}`;

/** Deletes the points of a measurement that match (InfluxDB 1.x). */
export const deleteStatement = ({ measurement, tags, from, to }: Deletion): string =>
  `DELETE FROM ${identifier(measurement)} WHERE ${conditions({ tags, from, to })}`;

/** The newest row of each series of a site, with all of its fields. */
export const latestQuery = (measurement: StoredName, site: string, since: number): string =>
  `SELECT ${columns(Object.keys(definitionOf(measurement).fields))} FROM ${identifier(measurement)} ` +
  `WHERE "site" = ${literal(site)} AND time >= ${Math.min(clampTime(since), timeMax)}ms ` +
  `GROUP BY ${columns(tagsOf(measurement))} ORDER BY time DESC LIMIT 1`;

const columns = (names: readonly string[]): string => names.map(identifier).join(', ');

const conditions = ({ tags, from, to }: Pick<Source, 'tags' | 'from' | 'to'>): string =>
  [
    ...Object.entries(tags).map(([name, value]) => `${identifier(name)} = ${literal(value)}`),
    `time >= ${from}ms`,
    // Not `time < to`: a millisecond after the last one does not fit 64 bits of nanoseconds.
    `time <= ${to - 1}ms`,
  ].join(' AND ');

const limit = (rowsMax: number | undefined): string => (rowsMax === undefined ? '' : ` LIMIT ${rowsMax}`);
