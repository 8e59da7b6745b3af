import { type Clock, systemClock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import { definitionOf, type MeasurementName, type StoredName, tagsOf } from '../../model/measurements.ts';
import { type Point, seriesKey } from '../../model/point.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import { resultOf, toBatch } from '../batch.ts';
import type { Histories, History, Replacement, ScanQuery, SeriesColumns } from '../history.ts';
import { readPage, sortBySeries } from '../page.ts';
import { checkAggregate, checkLatest, checkRange, checkScan, clampTime, groupTags } from '../query-check.ts';
import { inTagOrder } from '../series-order.ts';
import type { AggregateQuery, RangeQuery, SeriesPage, WriteResult } from '../store.ts';
import { leavesStale, pointsOf, toColumns } from './columns.ts';
import { deletePoints } from './delete.ts';
import { aggregateQuery, type Deletion, latestQuery, rangeQuery, scanQuery } from './influxql.ts';
import { openLineSender, type SendLines } from './line-sender.ts';
import { query, type Table } from './query.ts';
import { type Server, type SetupOptions, setup } from './setup.ts';
import { toPoints, toRows } from './tables.ts';
import { beginSearch, type Search, writeEntries } from './write.ts';

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
export const openInfluxStore = async (options: InfluxStoreOptions): Promise<History> =>
  openHistory<MeasurementName>(options);

/** The same with the rollups, in a database of their own beside it: `<database>_rollup`. */
export const openInfluxHistories = async (options: InfluxStoreOptions): Promise<Histories> => ({
  raw: openHistory<MeasurementName>(options),
  rollup: openHistory<RollupName>({ ...options, database: `${options.database}_rollup` }),
});

const openHistory = <M extends StoredName>(options: InfluxStoreOptions): History<M> => {
  const { token, org, database, timeoutMs = 30_000, clock = systemClock } = options;
  if (!URL.canParse(options.url) || !/^https?:$/.test(new URL(options.url).protocol)) {
    throw new ApertoError('config', `${options.url}: not the URL of InfluxDB; write http://host:8086`);
  }
  if (database === '') throw new ApertoError('config', 'InfluxDB: the database or bucket has no name');
  const url = options.url.replace(/\/+$/, '');
  return new InfluxStore<M>({ url, token, org, database, timeoutMs }, clock);
};

/** What is known once the first call was made. */
interface Connected {
  readonly server: Server;
  readonly send: SendLines;
}

class InfluxStore<M extends StoredName> implements History<M> {
  readonly name = 'influx';
  readonly #options: SetupOptions;
  readonly #clock: Clock;
  /** Batches that a failure cut off: whoever tries again does so with the same array. */
  readonly #unfinished = new WeakMap<readonly Point<M>[], Search>();
  #connected: Promise<Connected> | undefined;
  #closed = false;

  constructor(options: SetupOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  async write(points: readonly Point<M>[]): Promise<WriteResult> {
    const { entries, rejected } = toBatch(points);
    const { send } = await this.#prepare();
    try {
      const parts = { send, target: this.#options, clock: this.#clock };
      const search = this.#unfinished.get(points) ?? beginSearch(entries);
      this.#unfinished.set(points, search);
      const refused = await writeEntries(parts, search);
      this.#unfinished.delete(points);
      return resultOf(points, [...rejected, ...refused]);
    } catch (error) {
      // The database may have been dropped or the server replaced: look again before the next write.
      this.#connected = undefined;
      throw error;
    }
  }

  async range(asked: RangeQuery<M>): Promise<SeriesPage> {
    const selection: RangeQuery<StoredName> = asked;
    const field = checkRange(selection);
    const tagNames = tagsOf(selection.measurement);
    return await readPage({ ...selection, stepMs: 1, tagNames }, async (from, to, rowsMax) =>
      toRows(await this.#ask(rangeQuery({ ...selection, field, from, to, rowsMax })), tagNames),
    );
  }

  async aggregate(asked: AggregateQuery<M>): Promise<SeriesPage> {
    const selection: AggregateQuery<StoredName> = asked;
    const field = checkAggregate(selection);
    const by = groupTags(selection);
    return await readPage(
      { ...selection, stepMs: selection.everyMs, tagNames: by },
      async (from, to, rowsMax) =>
        toRows(await this.#ask(aggregateQuery({ ...selection, field, by, from, to, rowsMax })), by),
    );
  }

  async latest(measurement: M, site: string, since: number): Promise<readonly Point<M>[]> {
    checkLatest(measurement, since);
    return sortBySeries(toPoints(await this.#ask(latestQuery(measurement, site, since)), measurement));
  }

  async scan(query: ScanQuery<M>): Promise<readonly SeriesColumns[]> {
    checkScan(query);
    const from = clampTime(query.from);
    const to = clampTime(query.to);
    if (from >= to) return [];
    const tables = await this.#ask(scanQuery({ ...query, from, to }));
    return inTagOrder(query.measurement, toColumns(tables, query.measurement, query.fields));
  }

  /** Writes over what is there; only where something would be left over it is deleted first. */
  async replace(replacements: readonly Replacement<M>[]): Promise<void> {
    for (const replacement of replacements) await this.#clear(replacement);
    const points = replacements.flatMap(({ measurement, series }) =>
      series.flatMap((columns) => pointsOf(measurement, columns)),
    );
    const { rejected } = await this.write(points);
    const [first] = rejected;
    if (first !== undefined) throw new ApertoError('store_rejected', `InfluxDB: ${first.reason}`);
  }

  async expire(measurement: M, site: string, before: number): Promise<void> {
    await this.#delete({ measurement, tags: { site }, from: 0, to: clampTime(before) });
  }

  async #clear({ measurement, tags, from, to, series }: Replacement<M>): Promise<void> {
    const fields = Object.keys(definitionOf(measurement).fields);
    const after = new Map(series.map((columns) => [seriesKey(measurement, columns.tags), columns]));
    const before = await this.scan({ measurement, fields, from, to, tags });
    const isStale = before.some((columns) =>
      leavesStale(columns, after.get(seriesKey(measurement, columns.tags))),
    );
    if (isStale) await this.#delete({ measurement, tags, from, to });
  }

  async #delete(deletion: Deletion): Promise<void> {
    const { server } = await this.#prepare();
    await deletePoints(this.#options, server, this.#clock, deletion);
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
  #prepare(): Promise<Connected> {
    if (this.#closed) {
      return Promise.reject(
        new ApertoError('closed', `InfluxDB at ${this.#options.url}: the store is closed`),
      );
    }
    this.#connected ??= this.#connect().catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
    return this.#connected;
  }

  async #connect(): Promise<Connected> {
    const server = await setup(this.#options, this.#clock);
    return { server, send: openLineSender({ ...this.#options, org: server.org }) };
  }
}
