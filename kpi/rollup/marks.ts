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
  create table if not exists known (since integer primary key);
`;

/**
 * Which quarter hours of a site hold points that are in no window yet. A mark is on disk before `add` returns, and
 * leaves it after the windows are stored: a crash at any point makes some windows again, and forgets none.
 */
export class Marks {
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;
  readonly #remove: Database.Statement;
  /** Quarter hours by site, and since when they wait. */
  readonly #waiting = new Map<string, Map<number, number>>();
  /** On disk, and not waiting because they are being worked on. */
  readonly #taken = new Map<string, Set<number>>();
  /** The oldest quarter hour that was added to since this was asked last, and in the time before that. */
  readonly #recent = new Map<string, { now: number; before: number }>();

  private constructor(database: Database.Database) {
    this.#database = database;
    this.#insert = database.prepare('insert or ignore into dirty values (?, ?)');
    this.#remove = database.prepare('delete from dirty where site = ? and quarter = ?');
    for (const row of database.prepare('select site, quarter from dirty').all([])) {
      const { site, quarter } = row as { site: string; quarter: number };
      mapOf(this.#waiting, site).set(quarter, 0);
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

  /**
   * Notes that points of these times came. Durable when it returns.
   * @param at when, epoch milliseconds
   */
  add(site: string, times: Iterable<number>, at = 0): void {
    const waiting = mapOf(this.#waiting, site);
    const taken = setOf(this.#taken, site);
    const fresh: number[] = [];
    let last: number | undefined;
    let oldest: number | undefined;
    for (const time of times) {
      const quarter = Math.floor(time / quarterMs);
      if (quarter === last) continue;
      last = quarter;
      oldest = Math.min(oldest ?? quarter, quarter);
      if (waiting.has(quarter)) continue;
      waiting.set(quarter, at);
      if (!taken.has(quarter)) fresh.push(quarter);
    }
    this.#write(this.#insert, site, fresh);
    if (oldest !== undefined) this.#noteRecent(site, oldest);
  }

  /**
   * Takes the oldest marks of a site that lie side by side, up to `endOf` the first one; none that begins at `until` or
   * later, and none whose points came after `cameUntil`.
   */
  take(
    until: number,
    endOf: (site: string, time: number) => number,
    cameUntil = Number.POSITIVE_INFINITY,
  ): Unit | undefined {
    const [site, first] = this.#first(cameUntil) ?? [];
    if (site === undefined || first === undefined || first * quarterMs >= until) return undefined;
    const waiting = mapOf(this.#waiting, site);
    const taken = setOf(this.#taken, site);
    const end = Math.min(until, endOf(site, first * quarterMs)) / quarterMs;
    let quarter = first;
    do {
      waiting.delete(quarter);
      taken.add(quarter);
      quarter++;
    } while (quarter < end && (waiting.get(quarter) ?? Number.NaN) <= cameUntil);
    return { site, from: first * quarterMs, to: quarter * quarterMs };
  }

  /** The windows of a unit are stored. What came meanwhile stays marked. */
  done({ site, from, to }: Unit): void {
    const waiting = mapOf(this.#waiting, site);
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
      if (taken.delete(quarter)) mapOf(this.#waiting, site).set(quarter, 0);
    }
  }

  /** Whether points of a unit wait. */
  isMarked({ site, from, to }: Unit): boolean {
    const waiting = mapOf(this.#waiting, site);
    for (let quarter = from / quarterMs; quarter < to / quarterMs; quarter++) {
      if (waiting.has(quarter)) return true;
    }
    return false;
  }

  /** Start of the oldest quarter hour that is not in the windows yet. */
  oldest(site: string): number | undefined {
    let oldest = Number.POSITIVE_INFINITY;
    for (const quarters of [this.#waiting.get(site)?.keys(), this.#taken.get(site)]) {
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

  /**
   * Start of the oldest quarter hour to which points were added since the call before the last one: more of them may
   * be on their way.
   */
  takeRecent(site: string): number | undefined {
    const { now, before } = this.#recent.get(site) ?? never;
    this.#recent.set(site, { now: Number.POSITIVE_INFINITY, before: now });
    const oldest = Math.min(now, before);
    return Number.isFinite(oldest) ? oldest * quarterMs : undefined;
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

  /** Whether the store may hold points from before there were marks. */
  get isNew(): boolean {
    return this.#database.prepare('select 1 from known').all([]).length === 0;
  }

  setKnown(): void {
    this.#database.prepare('insert or ignore into known values (1)').run([]);
  }

  close(): void {
    this.#database.close();
  }

  #noteRecent(site: string, quarter: number): void {
    const { now, before } = this.#recent.get(site) ?? never;
    this.#recent.set(site, { now: Math.min(now, quarter), before });
  }

  #first(cameUntil: number): readonly [string, number] | undefined {
    let first: readonly [string, number] | undefined;
    for (const [site, quarters] of this.#waiting) {
      for (const [quarter, at] of quarters) {
        if (at <= cameUntil && (first === undefined || quarter < first[1])) first = [site, quarter];
      }
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

const never = { now: Number.POSITIVE_INFINITY, before: Number.POSITIVE_INFINITY };

const mapOf = (maps: Map<string, Map<number, number>>, site: string): Map<number, number> => {
  const known = maps.get(site) ?? new Map<number, number>();
  maps.set(site, known);
  return known;
};

const setOf = (sets: Map<string, Set<number>>, site: string): Set<number> => {
  const known = sets.get(site) ?? new Set<number>();
  sets.set(site, known);
  return known;
};
