import Database from 'libsql';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { damaged } from './damage.ts';

type Value = number | string | Uint8Array | null;

/**
 * One SQLite connection. Every call is synchronous; once the file is its own, every transaction has been fsynced
 * when it returns. All methods throw ApertoError: `spool_full`, `spool_failed`, or `config` for a file in use.
 *
 * libsql finalises statements when they are collected as garbage, so `close` gives the file back only when the
 * thread that opened it ends. Until then the connection must keep its name: closing deletes the log by name.
 */
export class Connection {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(path: string) {
    this.path = path;
    try {
      this.#database = new Database(path);
    } catch (error) {
      const reason = 'check that its directory exists and can be written';
      throw new ApertoError('config', `${path}: cannot be opened as the spool; ${reason}`, { cause: error });
    }
  }

  /** Takes the file for this process alone until it ends, and bounds it. */
  own(sizeBytesMax: number): void {
    this.rows('pragma locking_mode = EXCLUSIVE');
    this.rows('pragma journal_mode = WAL');
    this.rows('pragma synchronous = FULL');
    const pagesMax = Math.max(16, Math.floor(sizeBytesMax / this.number('pragma page_size')));
    this.rows(`pragma max_page_count = ${pagesMax}`);
  }

  rows<Row>(sql: string, ...parameters: readonly Value[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all([...parameters]) as Row[]);
  }

  /** The first column of the first row. */
  number(sql: string, ...parameters: readonly Value[]): number {
    return Number(Object.values(this.rows<object>(sql, ...parameters)[0] ?? {})[0]);
  }

  run(sql: string, ...parameters: readonly Value[]): void {
    this.#guard(() => this.#prepare(sql).run([...parameters]));
  }

  /**
   * Reads the whole file for its structure, about a second a gigabyte.
   * @throws ApertoError `spool_failed` with reason `damaged`
   */
  verify(): void {
    const [finding] = this.rows<object>('pragma quick_check(1)');
    const text = String(Object.values(finding ?? {})[0]);
    if (text !== 'ok') throw damaged(this.path, new Error(text));
  }

  /** Statements without parameters or answer. */
  script(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  transaction(work: () => void): void {
    this.script('begin immediate');
    try {
      work();
      this.script('commit');
    } catch (error) {
      // SQLite itself has rolled back after a full disk and some others.
      if (this.#database.inTransaction) this.script('rollback');
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toSpoolError(error, this.path);
    }
  }
}

const toSpoolError = (error: unknown, path: string): ApertoError => {
  if (error instanceof ApertoError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (/^SQLITE_[A-Z]+/.exec(code)?.[0]) {
    case 'SQLITE_FULL':
      return new ApertoError('spool_full', `${path}: the spool or its disk is full`, {
        cause: error,
        retry: true,
      });
    case 'SQLITE_BUSY':
      return new ApertoError('config', `${path}: another process uses it; stop that one or choose --data`, {
        cause: error,
      });
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return damaged(path, error);
    default:
      return new ApertoError('spool_failed', `${path}: ${messageOf(error)}`, { cause: error, retry: true });
  }
};
