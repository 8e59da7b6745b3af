import Database from 'libsql';
import { ApertoError } from '../../model/errors.ts';
import { quarterMs } from '../grid.ts';

/** A stretch of a site, [from, to), epoch milliseconds. */
export interface Unit {
  readonly site: string;
  readonly from: number;
  readonly to: number;
}

const layout = `
  pragma journal_mode = WAL;
  pragma synchronous = FULL;
  create table if not exists dirty (site text not null, quarter integer not null, primary key (site, quarter)) without rowid;
  create table if not exists expired (site text primary key, before integer not null) without rowid;
`;

/**
 * Which quarter hours of a site hold points that are in no window yet. A mark is on disk before `add` returns, and
 * leaves it after the windows are stored: a crash at any point makes some windows again, and forgets none.
 */
export class Marks {
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;
  readonly #remove: Database.Statement;
  readonly #waiting = new Map<string, Set<number>>();
  /** On disk, and not waiting because they are being worked on. */
  readonly #taken = new Map<string, Set<number>>();

  private constructor(database: Database.Database) {
    this.#database = database;
    this.#insert = database.prepare('insert or ignore into dirty values (?, ?)');
    this.#remove = database.prepare('delete from dirty where site = ? and quarter = ?');
    for (const row of database.prepare('select site, quarter from dirty').all([])) {
      const { site, quarter } = row as { site: string; quarter: number };
      setOf(this.#waiting, site).add(quarter);
    }
  }

  /**
   * @param path of the SQLite file, or `:memory:`
   * @throws ApertoError `config` where it cannot be opened
   */
  static open(path: string): Marks {
    try {
      const database = new Database(path);
      database.exec(layout);
      return new Marks(database);
    } catch (error) {
      throw new ApertoError('config', `${path}: cannot be opened; move it away, the windows are made again`, {
        cause: error,
      });
    }
  }

  /** Notes that points of these times came. Durable when it returns. */
  add(site: string, times: Iterable<number>): void {
    const waiting = setOf(this.#waiting, site);
    const taken = setOf(this.#taken, site);
    const fresh: number[] = [];
    let last: number | undefined;
    for (const time of times) {
      const quarter = Math.floor(time / quarterMs);
      if (quarter === last || waiting.has(quarter)) continue;
      last = quarter;
      waiting.add(quarter);
      if (!taken.has(quarter)) fresh.push(quarter);
    }
    this.#write(this.#insert, site, fresh);
  }

  /**
   * Takes the oldest marks of a site that lie side by side, up to `endOf` the first one; none that begins at `until` or
   * later.
   */
  take(until: number, endOf: (site: string, time: number) => number): Unit | undefined {
    const [site, first] = this.#first() ?? [];
    if (site === undefined || first === undefined || first * quarterMs >= until) return undefined;
    const waiting = setOf(this.#waiting, site);
    const taken = setOf(this.#taken, site);
    const end = Math.min(until, endOf(site, first * quarterMs)) / quarterMs;
    let quarter = first;
    do {
      waiting.delete(quarter);
      taken.add(quarter);
      quarter++;
    } while (quarter < end && waiting.has(quarter));
    return { site, from: first * quarterMs, to: quarter * quarterMs };
  }

  /** The windows of a unit are stored. What came meanwhile stays marked. */
  done({ site, from, to }: Unit): void {
    const waiting = setOf(this.#waiting, site);
    const taken = setOf(this.#taken, site);
    const clean: number[] = [];
    for (let quarter = from / quarterMs; quarter < to / quarterMs; quarter++) {
      if (taken.delete(quarter) && !waiting.has(quarter)) clean.push(quarter);
    }
    this.#write(this.#remove, site, clean);
  }

  /** A unit could not be made: its marks wait again. */
  failed({ site, from, to }: Unit): void {
    const taken = setOf(this.#taken, site);
    for (let quarter = from / quarterMs; quarter < to / quarterMs; quarter++) {
      if (taken.delete(quarter)) setOf(this.#waiting, site).add(quarter);
    }
  }

  /** Whether points of a unit wait. */
  isMarked({ site, from, to }: Unit): boolean {
    const waiting = setOf(this.#waiting, site);
    for (let quarter = from / quarterMs; quarter < to / quarterMs; quarter++) {
      if (waiting.has(quarter)) return true;
    }
    return false;
  }

  /** Start of the oldest quarter hour that is not in the windows yet. */
  oldest(site: string): number | undefined {
    let oldest = Number.POSITIVE_INFINITY;
    for (const quarters of [this.#waiting.get(site), this.#taken.get(site)]) {
      for (const quarter of quarters ?? []) oldest = Math.min(oldest, quarter);
    }
    return Number.isFinite(oldest) ? oldest * quarterMs : undefined;
  }

  /** How many quarter hours wait. */
  get count(): number {
    let count = 0;
    for (const quarters of this.#waiting.values()) count += quarters.size;
    return count;
  }

  /** Raw points of a site from before this instant were deleted; their windows cannot be made again. */
  expiredBefore(site: string): number {
    const [row] = this.#database.prepare('select before from expired where site = ?').all([site]);
    return row === undefined ? 0 : (row as { before: number }).before;
  }

  setExpired(site: string, before: number): void {
    this.#database
      .prepare(
        'insert into expired values (?, ?) on conflict do update set before = max(before, excluded.before)',
      )
      .run([site, before]);
  }

  close(): void {
    this.#database.close();
  }

  #first(): readonly [string, number] | undefined {
    let first: readonly [string, number] | undefined;
    for (const [site, quarters] of this.#waiting) {
      for (const quarter of quarters) if (first === undefined || quarter < first[1]) first = [site, quarter];
    }
    return first;
  }

  #write(statement: Database.Statement, site: string, quarters: readonly number[]): void {
    if (quarters.length === 0) return;
    this.#database.exec('begin immediate');
    try {
      for (const quarter of quarters) statement.run([site, quarter]);
      this.#database.exec('commit');
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('rollback');
      throw error;
    }
  }
}

const setOf = (sets: Map<string, Set<number>>, site: string): Set<number> => {
  const known = sets.get(site) ?? new Set<number>();
  sets.set(site, known);
  return known;
};
