import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Database from 'libsql';
import { messageOf } from '../../model/errors.ts';
import { type BatchRow, isIntact } from './batch-row.ts';
import { LogFrames } from './log-frames.ts';
import type { SpoolOptions } from './protocol.ts';
import { Salvage } from './salvage.ts';

/** Ids that are tried past the last readable batch where nothing says how many there were. */
const unreadableIdsMax = 10_000;
/** The newest ids that are tried where nothing says how far the store had come. */
const unknownIdsMax = 1_000_000;

const suffixes = ['', '-wal', '-journal', '-shm'];
const freshOf = (path: string): string => `${path}.recovering`;
const mendedOf = (path: string): string => `${path}.mended`;

/**
 * Ends a replacement that a crash cut off: the new file is complete once the damaged one is out of its place.
 * Before that it is thrown away and made again.
 */
export const finishReplacement = (path: string): void => {
  const fresh = freshOf(path);
  if (!existsSync(fresh)) return;
  if (existsSync(path)) {
    removeFile(fresh);
    return;
  }
  moveAside(path);
  renameSync(fresh, path);
};

/** True where SQLite would take an emptied file for a new one and throw its log away. */
export const isEmptied = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.size === 0 &&
  (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

const readLog = (path: string): LogFrames =>
  new LogFrames(existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0));

/** True where SQLite would silently leave out what had been committed and synced: its log is damaged in the middle. */
export const isLogDamaged = (path: string): boolean => readLog(path).isDamaged;

/**
 * Puts a new file in the place of a damaged one, with all that SQLite still yields of it: books, quarantine and
 * batches. The damaged file is set aside, never wiped.
 * @returns where it is now
 */
export const replaceDamaged = ({ path, quarantineRowsMax }: SpoolOptions): string => {
  const fresh = freshOf(path);
  removeFile(fresh);
  const salvage = new Salvage(fresh, quarantineRowsMax);
  if (isEmptied(path)) salvage.loseBooks();
  else carryOver(readable(path), salvage);
  if (readLog(path).isLost) salvage.loseBooks();
  salvage.finish();
  removeFile(mendedOf(path));
  const aside = moveAside(path);
  renameSync(fresh, path);
  return aside;
};

/** The file itself, or a copy of it with a log that SQLite reads to its end. */
const readable = (path: string): string => {
  const log = readLog(path);
  if (!log.isDamaged) return path;
  const copy = mendedOf(path);
  removeFile(copy);
  copyFileSync(path, copy);
  writeFileSync(`${copy}-wal`, log.mended());
  return copy;
};

const removeFile = (path: string): void => {
  for (const suffix of suffixes) rmSync(path + suffix, { force: true });
};

const moveAside = (path: string): string => {
  let number = 1;
  while (suffixes.some((suffix) => existsSync(`${path}.damaged-${number}${suffix}`))) number++;
  const aside = `${path}.damaged-${number}`;
  for (const suffix of suffixes) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
};

/** What a damaged file still yields. An error means that this part is gone; the books tell how much. */
class Ruin {
  readonly #database: Database.Database;

  constructor(path: string) {
    this.#database = new Database(path);
    // Lets SQLite read a file that is shorter than its header says.
    this.#attempt(() => this.#database.pragma('writable_schema = ON'));
  }

  rows(sql: string): Record<string, unknown>[] {
    return this.#attempt(() => this.#database.prepare(sql).all() as Record<string, unknown>[]) ?? [];
  }

  number(sql: string): number | undefined {
    const value = Object.values(this.rows(sql)[0] ?? {})[0];
    return typeof value === 'number' ? value : undefined;
  }

  /** Reads one row after the other, so that a bad page takes its own rows alone. */
  batches(): (id: number) => BatchRow | undefined {
    const statement = this.#attempt(() => this.#database.prepare('select * from batch where id = ?'));
    return (id) => this.#attempt(() => statement?.all(id)[0] as BatchRow | undefined);
  }

  close(): void {
    this.#database.close();
  }

  #attempt<Value>(work: () => Value): Value | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof Error && 'code' in error) return undefined;
      throw new Error(`the damaged spool cannot be read: ${messageOf(error)}`, { cause: error });
    }
  }
}

const carryOver = (from: string, to: Salvage): void => {
  const ruin = new Ruin(from);
  const books = ruin.rows('select account, messages from ledger');
  to.books(books);
  if (books.length === 0) to.loseBooks();
  to.quarantine(ruin.rows('select * from quarantine order by id'));
  to.memory(ruin.rows('select key, value from memory order by rowid'));
  const confirmed = ruin.number('select confirmed from progress');
  const last =
    ruin.number("select seq from sqlite_sequence where name = 'batch'") ??
    ruin.number('select max(id) from batch');
  const first =
    ruin.number('select min(id) from batch') ?? (confirmed ?? Math.max(0, (last ?? 0) - unknownIdsMax)) + 1;
  to.progress(confirmed ?? 0, last ?? 0);

  const batchOf = ruin.batches();
  let unreadable = 0;
  for (let id = first; last === undefined ? unreadable < unreadableIdsMax : id <= last; id++) {
    const row = batchOf(id);
    unreadable = row === undefined ? unreadable + 1 : 0;
    if (row !== undefined && isIntact(row)) to.batch(row);
  }
  ruin.close();
};
