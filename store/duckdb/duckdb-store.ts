import { ApertoError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { type MeasurementName, tagsOf } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import { resultOf, toBatch } from '../batch.ts';
import { readPage, sortBySeries } from '../page.ts';
import { checkAggregate, checkLatest, checkRange, groupTags } from '../query-check.ts';
import type { AggregateQuery, RangeQuery, SeriesPage, Store, WriteResult } from '../store.ts';
import { Database } from './database.ts';
import { readAggregate, readLatest, readRange } from './reader.ts';
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
export const openDuckDbStore = async (options: DuckDbStoreOptions): Promise<Store> => {
  const { path, threads, memoryLimitMb = 512, seriesMax = limits.storeSeriesMax } = options;
  for (const [name, value] of Object.entries({ threads: threads ?? 1, memoryLimitMb, seriesMax })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new ApertoError('usage', `DuckDB's ${name} is ${value}; it is a whole number from 1`);
    }
  }
  return new DuckDbStore(await Database.open({ path, threads, memoryLimitMb, seriesMax, readers: 2 }));
};

class DuckDbStore implements Store {
  readonly name = 'duckdb';
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async write(points: readonly Point[]): Promise<WriteResult> {
    const { entries, rejected } = toBatch(points);
    const refused = entries.length === 0 ? [] : await this.#database.write((writer) => writer.write(entries));
    return resultOf(points, [...rejected, ...refused]);
  }

  async range(query: RangeQuery): Promise<SeriesPage> {
    checkRange(query);
    const request = { ...query, stepMs: 1, tagNames: tagsOf(query.measurement) };
    return await readPage(request, (from, to, rowsMax) =>
      readInStretches({ from, to, rowsMax }, 1, (bounds) =>
        this.#database.read((connection, catalog) => readRange(connection, catalog, query, bounds)),
      ),
    );
  }

  async aggregate(query: AggregateQuery): Promise<SeriesPage> {
    checkAggregate(query);
    const request = { ...query, stepMs: query.everyMs, tagNames: groupTags(query) };
    return await readPage(request, (from, to, rowsMax) =>
      readInStretches({ from, to, rowsMax }, query.everyMs, (bounds) =>
        this.#database.read((connection) => readAggregate(connection, query, bounds)),
      ),
    );
  }

  async latest(measurement: MeasurementName, site: string, since: number): Promise<readonly Point[]> {
    checkLatest(measurement, since);
    const points = await this.#database.read((connection, catalog) =>
      readLatest(connection, catalog, measurement, site, since),
    );
    return sortBySeries(points);
  }

  async ping(): Promise<void> {
    await this.#database.read((connection) => connection.run('select 1'));
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
