import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ApertoError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import type { Catalog } from './catalog.ts';
import { endsSession, openError, statementError } from './errors.ts';
import { Lane } from './lane.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import type { Writer } from './writer.ts';

const memory = ':memory:';

/**
 * Files that this process has open. The operating system's lock only keeps other processes away, and closing a
 * second handle would drop the lock of the first.
 */
const openPaths = new Set<string>();

/**
 * One file: writes go one after the other, reads beside them over connections of their own. Each running statement
 * holds a thread of libuv's pool of four, so reads have two lanes and wait there.
 */
export class Database {
  readonly #options: SessionOptions;
  readonly #writes = new Lane();
  readonly #reads: readonly Lane[];
  /** Absent while the file is being opened anew. */
  #session: Session | undefined;
  #users = 0;
  #broken = false;
  #reopening: Promise<Session> | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: SessionOptions, session: Session) {
    this.#options = options;
    this.#session = session;
    this.#reads = session.readers.map(() => new Lane());
  }

  /** @throws ApertoError `config` or `store_unavailable`: one line with the file and what to do */
  static async open(options: SessionOptions): Promise<Database> {
    const path = options.path === memory ? memory : resolve(options.path);
    if (openPaths.has(path)) {
      throw new ApertoError('store_unavailable', `${path}: open already in this process; share that store`);
    }
    const claimed = path !== memory;
    if (claimed) openPaths.add(path);
    try {
      return new Database({ ...options, path }, await openSession({ ...options, path }));
    } catch (error) {
      if (claimed) openPaths.delete(path);
      throw openError(error, path);
    }
  }

  write<Value>(task: (writer: Writer) => Promise<Value>): Promise<Value> {
    return this.#queue(this.#writes, ({ writer }) => task(writer));
  }

  read<Value>(task: (connection: DuckDBConnection, catalog: Catalog) => Promise<Value>): Promise<Value> {
    const lengths = this.#reads.map((lane) => lane.length);
    const index = lengths.indexOf(Math.min(...lengths));
    const lane = this.#reads[index];
    if (lane === undefined || lane.length >= limits.storeReadsWaitingMax) {
      const message = `DuckDB (${this.#options.path}): too many queries wait; ask again later`;
      return Promise.reject(new ApertoError('store_unavailable', message, { retry: true }));
    }
    return this.#queue(lane, (session) => {
      const connection = session.readers[index];
      if (connection === undefined)
        throw new ApertoError('internal', 'the store has no connection to read with');
      return task(connection, session.catalog);
    });
  }

  /** Ends what waits, then closes the file; its write-ahead log is folded in. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#writes, ...this.#reads].map((lane) => lane.idle()));
    this.#session?.close();
    openPaths.delete(this.#options.path);
  }

  #queue<Value>(lane: Lane, task: (session: Session) => Promise<Value>): Promise<Value> {
    if (this.#closing !== undefined) {
      return Promise.reject(new ApertoError('closed', `DuckDB (${this.#options.path}): the store is closed`));
    }
    return lane.run(async () => {
      try {
        return await this.#use(task);
      } catch (error) {
        throw statementError(error, this.#options.path);
      }
    });
  }

  async #use<Value>(task: (session: Session) => Promise<Value>): Promise<Value> {
    const session = this.#broken ? await this.#reopen() : this.#session;
    if (session === undefined) throw this.#recovering();
    this.#users++;
    try {
      return await task(session);
    } catch (error) {
      this.#broken ||= endsSession(error) && this.#options.path !== memory;
      throw error;
    } finally {
      this.#users--;
    }
  }

  /** A disk that fills up during a checkpoint is fatal to DuckDB's session but not to the file: open it anew. */
  async #reopen(): Promise<Session> {
    if (this.#users > 0) throw this.#recovering();
    this.#reopening ??= this.#openAnew().finally(() => {
      this.#reopening = undefined;
    });
    return await this.#reopening;
  }

  async #openAnew(): Promise<Session> {
    this.#session?.close();
    this.#session = undefined;
    try {
      this.#session = await openSession(this.#options);
    } catch (error) {
      throw openError(error, this.#options.path);
    }
    this.#broken = false;
    return this.#session;
  }

  #recovering(): ApertoError {
    const message = `DuckDB (${this.#options.path}): recovers from a failure; ask again`;
    return new ApertoError('store_unavailable', message, { retry: true });
  }
}
