import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';

/** Values of one column after the other, in the order of the table; NULL where there is none. */
export type ColumnValues = readonly (readonly DuckDBValue[])[];

/** DuckDB's own vector size, the most that a chunk holds. */
const rowsOfChunk = 2048;

/** Appends rows to one table, whole columns at a time: a call a value costs ten times as much. */
export class BulkAppender {
  readonly #appender: DuckDBAppender;
  readonly #types: readonly DuckDBType[];

  private constructor(appender: DuckDBAppender) {
    this.#appender = appender;
    this.#types = Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index));
  }

  static async open(connection: DuckDBConnection, table: string, catalog?: 'temp'): Promise<BulkAppender> {
    return new BulkAppender(await connection.createAppender(table, 'main', catalog));
  }

  /** The rows belong to the connection's transaction where it has begun one. */
  append(values: ColumnValues): void {
    const count = values[0]?.length ?? 0;
    for (let start = 0; start < count; start += rowsOfChunk) {
      const chunk = DuckDBDataChunk.create(this.#types);
      chunk.setColumns(values.map((column) => column.slice(start, start + rowsOfChunk)));
      this.#appender.appendDataChunk(chunk);
    }
    this.#appender.flushSync();
  }

  /** Rows that a failure left in the buffer are dropped; closing alone would write them outside any transaction. */
  close(): void {
    this.#appender.clear();
    this.#appender.closeSync();
  }
}
