import type { DuckDBConnection } from '@duckdb/node-api';
import { messageOf } from '../../model/errors.ts';
import { definitionOf, type StoredName } from '../../model/measurements.ts';
import type { BatchEntry } from '../batch.ts';
import type { Replacement } from '../history.ts';
import type { WriteResult } from '../store.ts';
import { BulkAppender } from './bulk-appender.ts';
import type { Catalog, NewSeries } from './catalog.ts';
import { pointValues, type Rows, seriesValues } from './columns.ts';
import { CommitError } from './errors.ts';
import { mergeStatement } from './merge.ts';
import { type NumberedBatch, numberBatch } from './numbered-batch.ts';
import { clearStatement, type NumberedReplacement, numberReplacement, replacementValues } from './replace.ts';
import { pointsTable, type TableColumns } from './schema.ts';
import { toSpans } from './spans.ts';
import { identifier, instant } from './sql.ts';

/** Writes batches over a connection of its own, one at a time: each is one transaction and one fsync. */
export class Writer {
  readonly #connection: DuckDBConnection;
  readonly #catalog: Catalog;
  readonly #columns: TableColumns;
  readonly #appenders = new Map<string, BulkAppender>();

  constructor(connection: DuckDBConnection, catalog: Catalog, columns: TableColumns) {
    this.#connection = connection;
    this.#catalog = catalog;
    this.#columns = columns;
  }

  /** Resolves when the batch is durable, with those that were refused because the file has its fill of series. */
  async write(entries: readonly BatchEntry[]): Promise<WriteResult['rejected']> {
    const batch = numberBatch(entries, this.#catalog);
    await this.#transaction(batch.added, () => this.#fill(batch));
    return batch.rejected;
  }

  /** Resolves when all of it is durable, or rejects and nothing has changed. */
  async replace(replacements: readonly Replacement<StoredName>[]): Promise<void> {
    const numbered = replacements.map((replacement) => numberReplacement(replacement, this.#catalog));
    const added = numbered.flatMap((one) => one.added);
    await this.#transaction(added, async () => {
      await this.#addSeries(added);
      for (const replacement of numbered) await this.#replaceOne(replacement);
    });
  }

  /** Deletes what is older than `before`, then lets DuckDB fold its log and use the room again. */
  async expire(measurement: StoredName, site: string, before: number): Promise<void> {
    const ids = this.#catalog.matching(measurement, { site });
    if (ids.length === 0) return;
    const table = identifier(pointsTable(measurement));
    const older = `from ${table} where ts < ${instant(before)} and series in (${ids.join(', ')})`;
    const [found] = (await this.#connection.runAndReadAll(`select 1 ${older} limit 1`)).getRows();
    if (found === undefined) return;
    await this.#transaction([], async () => {
      await this.#connection.run(`delete ${older}`);
    });
    await this.#connection.run('checkpoint');
  }

  close(): void {
    this.#closeAppenders();
    this.#connection.closeSync();
  }

  async #transaction(added: readonly NewSeries[], work: () => Promise<void>): Promise<void> {
    try {
      await this.#connection.run('begin');
      try {
        await work();
      } catch (error) {
        await this.#rollback(error);
        throw error;
      }
      await this.#commit();
    } catch (error) {
      this.#catalog.forget(added);
      this.#closeAppenders();
      throw error;
    }
  }

  async #fill({ ahead, behind, added }: NumberedBatch): Promise<void> {
    await this.#addSeries(added);
    for (const [measurement, rows] of ahead) await this.#append(measurement, rows);
    for (const [measurement, rows] of behind) await this.#merge(measurement, rows);
  }

  async #addSeries(added: readonly NewSeries[]): Promise<void> {
    if (added.length === 0) return;
    const series = await this.#appender('series');
    series.append(seriesValues(this.#columnsOf('series'), added));
  }

  async #replaceOne(replacement: NumberedReplacement): Promise<void> {
    const table = pointsTable(replacement.measurement);
    const clear = clearStatement(replacement, this.#catalog);
    if (clear !== undefined) await this.#connection.run(clear);
    const appender = await this.#appender(table);
    appender.append(replacementValues(this.#columnsOf(table), replacement));
    for (const [index, { times }] of replacement.series.entries()) {
      const id = replacement.ids[index];
      const last = times.at(-1);
      if (id !== undefined && last !== undefined) this.#catalog.advance(id, last);
    }
  }

  /** Points later than all that their series hold: no need to look whether they are there. */
  async #append(measurement: StoredName, rows: Rows): Promise<void> {
    const table = pointsTable(measurement);
    const appender = await this.#appender(table);
    appender.append(pointValues(this.#columnsOf(table), definitionOf(measurement), rows));
  }

  /** Late points and repeats: into a stage first, then merged span by span. */
  async #merge(measurement: StoredName, rows: Rows): Promise<void> {
    const points = pointsTable(measurement);
    const stage = `${measurement}_stage`;
    await this.#connection.run(
      `create or replace temp table ${identifier(stage)} as from ${identifier(points)} limit 0`,
    );
    const definition = definitionOf(measurement);
    const appender = await BulkAppender.open(this.#connection, stage, 'temp');
    try {
      appender.append(pointValues(this.#columnsOf(points), definition, rows));
    } finally {
      appender.close();
    }
    const fields = Object.keys(definition.fields).filter((field) =>
      rows.points.some((point) => point.fields[field] !== undefined),
    );
    for (const span of toSpans(rows.points.map((point) => point.time))) {
      await this.#connection.run(mergeStatement({ points, stage, fields, span }));
    }
  }

  async #commit(): Promise<void> {
    try {
      await this.#connection.run('commit');
    } catch (error) {
      throw new CommitError(messageOf(error), { cause: error });
    }
  }

  async #rollback(reason: unknown): Promise<void> {
    try {
      await this.#connection.run('rollback');
    } catch (error) {
      throw new AggregateError([reason, error], messageOf(reason));
    }
  }

  #columnsOf(table: string): readonly string[] {
    return this.#columns.get(table) ?? [];
  }

  async #appender(table: string): Promise<BulkAppender> {
    const appender = this.#appenders.get(table) ?? (await BulkAppender.open(this.#connection, table));
    this.#appenders.set(table, appender);
    return appender;
  }

  /** After a failure an appender may be unusable; the next batch opens new ones. */
  #closeAppenders(): void {
    for (const appender of this.#appenders.values()) appender.close();
    this.#appenders.clear();
  }
}
