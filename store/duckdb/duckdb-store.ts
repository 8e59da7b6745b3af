import { ApertoError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { type MeasurementName, type StoredName, tagsOf } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import { resultOf, toBatch } from '../batch.ts';
import type { Histories, History, Replacement, ScanQuery, SeriesColumns } from '../history.ts';
import { readPage, sortBySeries } from '../page.ts';
import { checkAggregate, checkLatest, checkRange, checkScan, clampTime, groupTags } from '../query-check.ts';
import { inTagOrder } from '../series-order.ts';
import type { AggregateQuery, RangeQuery, SeriesPage, WriteResult } from '../store.ts';
import { Database } from './database.ts';
import { readAggregate, readLatest, readRange } from './reader.ts';
import { scanColumns } from './scan.ts';
import { readInStretches } from './stretch.ts';

export interface DuckDbStoreOptions {
  /** File of the database, or `:memory:`. Its directory exists. */
  readonly path: string;
  /** Threads that DuckDB computes with; one a core where absent. */
  readonly threads?: number;
  /** What DuckDB's buffers may use, in MB; larger work spills to `<path>.tmp`. Default 512. */
  readonly memoryLimitMb?: number;
  /** Series that the file may hold. Default `limits.storeSeriesMax`. */
  readonly seriesMax?: number;
}

/**
 * Opens the embedded store and creates the file where there is none.
 * @throws ApertoError `config` (cannot be written, damaged, other layout), `store_unavailable` (open elsewhere),
 * `usage` (an option that makes no sense)
 */
export const openDuckDbStore = async (options: DuckDbStoreOptions): Promise<History> =>
  new DuckDbStore<MeasurementName>(await openDatabase(options));

/**
 * The same with the rollups, which live in tables of the same file: what a roll reads and writes is under one lock
 * and one log. Closing either closes both.
 */
export const openDuckDbHistories = async (options: DuckDbStoreOptions): Promise<Histories> => {
  const database = await openDatabase(options);
  return {
    raw: new DuckDbStore<MeasurementName>(database),
    rollup: new DuckDbStore<RollupName>(database),
  };
};

const openDatabase = (options: DuckDbStoreOptions): Promise<Database> => {
  const { path, threads, memoryLimitMb = 512, seriesMax = limits.storeSeriesMax } = options;
  for (const [name, value] of Object.entries({ threads: threads ?? 1, memoryLimitMb, seriesMax })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new ApertoError('usage', `DuckDB's ${name} is ${value}; it is a whole number from 1`);
    }
  }
  return Database.open({ path, threads, memoryLimitMb, seriesMax, readers: 2 });
};

class DuckDbStore<M extends StoredName> implements History<M> {
  readonly name = 'duckdb';
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async write(points: readonly Point<M>[]): Promise<WriteResult> {
    const { entries, rejected } = toBatch(points);
    const refused = entries.length === 0 ? [] : await this.#database.write((writer) => writer.write(entries));
    return resultOf(points, [...rejected, ...refused]);
  }

  async range(query: RangeQuery<M>): Promise<SeriesPage> {
    checkRange(query);
    const request = { ...query, stepMs: 1, tagNames: tagsOf(query.measurement) };
    return await readPage(request, (from, to, rowsMax) =>
      readInStretches({ from, to, rowsMax }, 1, (bounds) =>
        this.#database.read((connection, catalog) => readRange(connection, catalog, query, bounds)),
      ),
    );
  }

  async aggregate(query: AggregateQuery<M>): Promise<SeriesPage> {
    checkAggregate(query);
    const request = { ...query, stepMs: query.everyMs, tagNames: groupTags(query) };
    return await readPage(request, (from, to, rowsMax) =>
      readInStretches({ from, to, rowsMax }, query.everyMs, (bounds) =>
        this.#database.read((connection) => readAggregate(connection, query, bounds)),
      ),
    );
  }

  async latest(measurement: M, site: string, since: number): Promise<readonly Point<M>[]> {
    checkLatest(measurement, since);
    const points = await this.#database.read((connection, catalog) =>
      readLatest(connection, catalog, measurement, site, since),
    );
    return sortBySeries(points);
  }

  async scan(query: ScanQuery<M>): Promise<readonly SeriesColumns[]> {
    checkScan(query);
    const series = await this.#database.read((connection, catalog) =>
      scanColumns(connection, catalog, query),
    );
    return inTagOrder(query.measurement, series);
  }

  replace(replacements: readonly Replacement<M>[]): Promise<void> {
    return this.#database.write((writer) => writer.replace(replacements));
  }

  expire(measurement: M, site: string, before: number): Promise<void> {
    return this.#database.write((writer) => writer.expire(measurement, site, clampTime(before)));
  }

  async ping(): Promise<void> {
    await this.#database.read((connection) => connection.run('select 1'));
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
