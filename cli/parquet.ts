import { DuckDBInstance } from '@duckdb/node-api';
import type { ExportRow } from '../kpi/report/export.ts';

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Writes rows as Parquet, with the DuckDB that is here anyway. */
export const writeParquet = async (path: string, rows: readonly ExportRow[]): Promise<void> => {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    await connection.run(
      'create table figures (site VARCHAR, kpi VARCHAR, "window" VARCHAR, time TIMESTAMP, zone VARCHAR, detail VARCHAR, ' +
        'value DOUBLE, unit VARCHAR, valid_minutes DOUBLE, coverage DOUBLE, reason VARCHAR)',
    );
    const appender = await connection.createAppender('figures');
    for (const row of rows) {
      for (const value of [row.site, row.kpi, row.window, row.time, row.zone, row.detail]) {
        if (value === undefined) appender.appendNull();
        else appender.appendVarchar(value);
      }
      if (row.value === undefined) appender.appendNull();
      else appender.appendDouble(row.value);
      appender.appendVarchar(row.unit);
      appender.appendDouble(row.valid_minutes);
      appender.appendDouble(row.coverage);
      if (row.reason === undefined) appender.appendNull();
      else appender.appendVarchar(row.reason);
      appender.endRow();
    }
    appender.closeSync();
    await connection.run(`copy figures to ${text(path)} (format parquet, compression zstd)`);
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
};
