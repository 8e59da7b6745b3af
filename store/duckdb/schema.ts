import type { DuckDBConnection } from '@duckdb/node-api';
import { ApertoError } from '../../model/errors.ts';
import type { MeasurementDefinition } from '../../model/measurement.ts';
import { commonTags } from '../../model/measurements.ts';
import { columnTypes } from './columns.ts';
import { identifier } from './sql.ts';

/** Raised when a file of an older layout can no longer be read as it is. */
const format = 1;

/** Table that holds the points of a measurement; the view that joins their tags has the measurement's own name. */
export const pointsTable = (measurement: string): string => `${measurement}_points`;

/** Column names of each table, in the order in which the file has them. */
export type TableColumns = ReadonlyMap<string, readonly string[]>;

/**
 * Brings a file to the given measurements: creates what is missing, adds fields and tags that are new, and leaves
 * what it does not know alone.
 * @throws ApertoError `config` where the file has another layout or holds a field with another type
 */
export const createSchema = async (
  connection: DuckDBConnection,
  definitions: readonly MeasurementDefinition[],
): Promise<TableColumns> => {
  await checkFormat(connection);
  const existing = await readColumns(connection);
  await ensureTable(connection, 'series', seriesColumns(definitions), existing);
  for (const definition of definitions) {
    await ensureTable(connection, pointsTable(definition.name), pointColumns(definition), existing);
  }
  const columns = namesOf(await readColumns(connection));
  for (const definition of definitions) await ensureView(connection, definition, columns);
  return columns;
};

const namesOf = (tables: Existing): TableColumns =>
  new Map([...tables].map(([table, columns]) => [table, [...columns.keys()]]));

type Column = readonly [name: string, type: string];

const seriesColumns = (definitions: readonly MeasurementDefinition[]): Column[] => {
  const tags = new Set([...commonTags, ...definitions.flatMap((definition) => Object.keys(definition.tags))]);
  return [['id', 'INTEGER'], ['measurement', 'VARCHAR'], ...[...tags].map((tag): Column => [tag, 'VARCHAR'])];
};

const pointColumns = ({ fields }: MeasurementDefinition): Column[] => [
  ['series', 'INTEGER'],
  ['ts', 'TIMESTAMP_MS'],
  ...Object.entries(fields).map(([name, { type }]): Column => [name, String(columnTypes[type])]),
];

const checkFormat = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('create table if not exists aperto_format (version INTEGER)');
  const [row] = (await connection.runAndReadAll('select version from aperto_format')).getRows();
  if (row === undefined) {
    await connection.run(`insert into aperto_format values (${format})`);
  } else if (row[0] !== format) {
    throw new ApertoError(
      'config',
      `it has layout ${String(row[0])}, this version knows ${format}; open it with the version of Aperto that wrote it`,
    );
  }
};

/** Type by column by table. */
type Existing = ReadonlyMap<string, ReadonlyMap<string, string>>;

const readColumns = async (connection: DuckDBConnection): Promise<Existing> => {
  const tables = new Map<string, Map<string, string>>();
  const result = await connection.runAndReadAll(
    `select table_name, column_name, data_type from duckdb_columns() where database_name = current_database() and schema_name = 'main' and not internal order by column_index`,
  );
  for (const [table, column, type] of result.getRows()) {
    const columns = tables.get(String(table)) ?? new Map<string, string>();
    tables.set(String(table), columns.set(String(column), String(type)));
  }
  return tables;
};

const ensureTable = async (
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column[],
  existing: Existing,
): Promise<void> => {
  const present = existing.get(table);
  if (present === undefined) {
    const list = columns.map(([name, type]) => `${identifier(name)} ${type}`).join(', ');
    await connection.run(`create table ${identifier(table)} (${list})`);
    return;
  }
  for (const [name, type] of columns) {
    const held = present.get(name);
    if (held === undefined) {
      await connection.run(`alter table ${identifier(table)} add column ${identifier(name)} ${type}`);
    } else if (held !== type) {
      throw new ApertoError(
        'config',
        `it has ${table}.${name} as ${held}, the model says ${type}; a field keeps its type for ever`,
      );
    }
  }
};

/**
 * For people who open the file: `select * from power where site = …`. Written only where it changes, so that a file
 * on a full disk can be opened.
 */
const ensureView = async (
  connection: DuckDBConnection,
  { name, tags }: MeasurementDefinition,
  columns: TableColumns,
): Promise<void> => {
  const tagNames = [...commonTags, ...Object.keys(tags)];
  const [, , ...fields] = columns.get(pointsTable(name)) ?? [];
  if (columns.get(name)?.join() === ['time', ...tagNames, ...fields].join()) return;
  const tagList = tagNames.map((tag) => `s.${identifier(tag)}`).join(', ');
  await connection.run(
    `create or replace view ${identifier(name)} as select p.ts as time, ${tagList}, p.* exclude (series, ts) ` +
      `from ${identifier(pointsTable(name))} p join series s on s.id = p.series`,
  );
};
