import { type Clock, systemClock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import { type MeasurementName, tagsOf } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import { resultOf, toBatch } from '../batch.ts';
import { readPage, sortBySeries } from '../page.ts';
import { checkAggregate, checkLatest, checkRange, groupTags } from '../query-check.ts';
import type { AggregateQuery, RangeQuery, SeriesPage, Store, WriteResult } from '../store.ts';
import { aggregateQuery, latestQuery, rangeQuery } from './influxql.ts';
import { openLineSender, type SendLines } from './line-sender.ts';
import { query, type Table } from './query.ts';
import { type SetupOptions, setup } from './setup.ts';
import { toPoints, toRows } from './tables.ts';
import { writeEntries } from './write.ts';

export interface InfluxStoreOptions {
  /** Base URL, e.g. `http://127.0.0.1:8086`. */
  readonly url: string;
  /** `user:password` for 1.8 with authentication on. */
  readonly token?: string;
  /** Name or id of the organisation (2.x); the first that the token sees where absent. */
  readonly org?: string;
  /** Database (1.x, 3) or bucket (2.x); created where it is missing and the token may. */
  readonly database: string;
  /** For one request, from its first byte to the last of the reply. Default 30,000. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

/**
 * A store in InfluxDB 1.8 or later, 2.x or 3 Core. Does not ask the server anything yet, so that points can wait in
 * the spool for a server that comes later; `ping` tells whether it is there.
 * @throws ApertoError `config` where the URL or the name of the database is none
 */
export const openInfluxStore = async (options: InfluxStoreOptions): Promise<Store> => {
  const { token, org, database, timeoutMs = 30_000, clock = systemClock } = options;
  if (!URL.canParse(options.url) || !/^https?:$/.test(new URL(options.url).protocol)) {
    throw new ApertoError('config', `${options.url}: not the URL of InfluxDB; write http://host:8086`);
  }
  if (database === '') throw new ApertoError('config', 'InfluxDB: the database or bucket has no name');
  const url = options.url.replace(/\/+$/, '');
  return new InfluxStore({ url, token, org, database, timeoutMs }, clock);
};

class InfluxStore implements Store {
  readonly name = 'influx';
  readonly #options: SetupOptions;
  readonly #clock: Clock;
  #sender: Promise<SendLines> | undefined;
  #closed = false;

  constructor(options: SetupOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  async write(points: readonly Point[]): Promise<WriteResult> {
    const { entries, rejected } = toBatch(points);
    const send = await this.#prepare();
    try {
      const parts = { send, target: this.#options, clock: this.#clock };
      return resultOf(points, [...rejected, ...(await writeEntries(parts, entries))]);
    } catch (error) {
      // The database may have been dropped or the server replaced: look again before the next write.
      this.#sender = undefined;
      throw error;
    }
  }

  async range(selection: RangeQuery): Promise<SeriesPage> {
    const field = checkRange(selection);
    const tagNames = tagsOf(selection.measurement);
    return await readPage({ ...selection, stepMs: 1, tagNames }, async (from, to, rowsMax) =>
      toRows(await this.#ask(rangeQuery({ ...selection, field, from, to, rowsMax })), tagNames),
    );
  }

  async aggregate(selection: AggregateQuery): Promise<SeriesPage> {
    const field = checkAggregate(selection);
    const by = groupTags(selection);
    return await readPage(
      { ...selection, stepMs: selection.everyMs, tagNames: by },
      async (from, to, rowsMax) =>
        toRows(await this.#ask(aggregateQuery({ ...selection, field, by, from, to, rowsMax })), by),
    );
  }

  async latest(measurement: MeasurementName, site: string, since: number): Promise<readonly Point[]> {
    checkLatest(measurement, since);
    return sortBySeries(toPoints(await this.#ask(latestQuery(measurement, site, since)), measurement));
  }

  /** Says whether the server is there and the database can be read; only a write tells whether it can be written. */
  async ping(): Promise<void> {
    await this.#ask('SHOW MEASUREMENTS LIMIT 1');
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  async #ask(statement: string): Promise<readonly Table[]> {
    await this.#prepare();
    return await query(this.#options, this.#options, this.#clock, statement);
  }

  /** Sets up what the first call needs, once; a failure is not remembered. */
  #prepare(): Promise<SendLines> {
    if (this.#closed) {
      return Promise.reject(
        new ApertoError('closed', `InfluxDB at ${this.#options.url}: the store is closed`),
      );
    }
    this.#sender ??= this.#connect().catch((error: unknown) => {
      this.#sender = undefined;
      throw error;
    });
    return this.#sender;
  }

  async #connect(): Promise<SendLines> {
    const { org } = await setup(this.#options, this.#clock);
    return openLineSender({ ...this.#options, org });
  }
}
