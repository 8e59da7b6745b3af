import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { definitionOf, type StoredName } from '../../model/measurements.ts';
import type { Point, Tags } from '../../model/point.ts';
import { pickTags, type Row } from '../page.ts';
import { clampTime, groupTags } from '../query-check.ts';
import type { AggregateQuery, Aggregation, Selection } from '../store.ts';
import type { Catalog } from './catalog.ts';
import { pointsTable } from './schema.ts';
import { identifier, instant } from './sql.ts';
import type { Bounds } from './stretch.ts';

/** Raw values in order of time. */
export const readRange = async (
  connection: DuckDBConnection,
  catalog: Catalog,
  { measurement, field, tags }: Selection<StoredName>,
  bounds: Bounds,
): Promise<Row[]> => {
  const value = `p.${identifier(field)}`;
  const chosen = chosenSeries(measurement, tags);
  const result = await connection.runAndReadAll(
    `select epoch_ms(p.ts)::DOUBLE, ${value}::DOUBLE, p.series from ${joined(measurement)} ` +
      `where ${chosen.sql} and ${within(bounds)} and ${value} is not null order by p.ts ${limit(bounds)}`,
    chosen.values,
  );
  return result.getRows().map(([time, number, id]) => ({
    time: Number(time),
    value: Number(number),
    tags: catalog.tagsOf(Number(id)),
  }));
};

/** Where two series of a group speak at one instant, the greater value is the last: InfluxDB's rule. */
const functions = {
  last: (value) => `arg_max(${value}, (p.ts, ${value}))`,
  mean: (value) => `avg(${value})`,
  min: (value) => `min(${value})`,
  max: (value) => `max(${value})`,
  sum: (value) => `sum(${value})`,
  count: (value) => `count(${value})`,
} as const satisfies Record<Aggregation, (value: string) => string>;

/** Windows in order of time, each at its start. */
export const readAggregate = async (
  connection: DuckDBConnection,
  query: AggregateQuery<StoredName>,
  bounds: Bounds,
): Promise<Row[]> => {
  const { measurement, field, tags, everyMs, aggregation } = query;
  const value = `p.${identifier(field)}`;
  const names = groupTags(query);
  const chosen = chosenSeries(measurement, tags);
  const columns = [
    `((epoch_ms(p.ts) // ${everyMs}) * ${everyMs})::DOUBLE as t`,
    ...names.map((name) => `coalesce(s.${identifier(name)}, '')`),
  ];
  const result = await connection.runAndReadAll(
    `select ${columns.join(', ')}, (${functions[aggregation](value)})::DOUBLE from ${joined(measurement)} ` +
      `where ${chosen.sql} and ${within(bounds)} and ${value} is not null ` +
      `group by ${columns.map((_, index) => index + 1).join(', ')} order by t ${limit(bounds)}`,
    chosen.values,
  );
  return result.getRows().map((row) => ({
    time: Number(row[0]),
    value: Number(row[names.length + 1]),
    tags: pickTags(names, (_, index) => row[index + 1]),
  }));
};

/** The newest point of each series of a site, none older than `since`. */
export const readLatest = async <M extends StoredName>(
  connection: DuckDBConnection,
  catalog: Catalog,
  measurement: M,
  site: string,
  since: number,
): Promise<Point<M>[]> => {
  const names = Object.keys(definitionOf(measurement).fields);
  const chosen = chosenSeries(measurement, { site });
  const result = await connection.runAndReadAll(
    `with newest as (select p.series, max(p.ts) as ts from ${joined(measurement)} ` +
      `where ${chosen.sql} and p.ts >= ${instant(clampTime(since))} group by p.series) ` +
      `select p.series, epoch_ms(p.ts)::DOUBLE, ${names.map((name) => `p.${identifier(name)}::DOUBLE`).join(', ')} ` +
      `from ${identifier(pointsTable(measurement))} p join newest n on n.series = p.series and n.ts = p.ts`,
    chosen.values,
  );
  return result.getRows().map(([id, time, ...values]) => ({
    measurement,
    tags: catalog.tagsOf(Number(id)),
    fields: presentFields(names, values),
    time: Number(time),
  }));
};

const presentFields = (names: readonly string[], values: readonly DuckDBValue[]): Record<string, number> => {
  const fields: Record<string, number> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (typeof value === 'number') fields[name] = value;
  }
  return fields;
};

const joined = (measurement: StoredName): string =>
  `${identifier(pointsTable(measurement))} p join series s on s.id = p.series`;

/** A measurement's series, narrowed by tags; an empty value stands for an absent tag. */
const chosenSeries = (measurement: StoredName, tags: Tags): { sql: string; values: string[] } => ({
  sql: [
    's.measurement = ?',
    ...Object.keys(tags).map((name) => `coalesce(s.${identifier(name)}, '') = ?`),
  ].join(' and '),
  values: [measurement, ...Object.values(tags)],
});

const within = ({ from, to }: Bounds): string => `p.ts >= ${instant(from)} and p.ts < ${instant(to)}`;

const limit = ({ rowsMax }: Bounds): string => (rowsMax === undefined ? '' : `limit ${rowsMax}`);
