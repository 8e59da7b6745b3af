import Database from 'libsql';
import { quarterMs } from '../grid.ts';

const layout = `
  create table if not exists heard (site text not null, worker text not null, quarter integer not null, noted real not null,
    primary key (site, worker, quarter)) without rowid;
`;

/** Quarter hours by their start, and what was noted of each. */
export type Noted = ReadonlyMap<number, number>;

/** Which marks of other workers were taken over already. Beside `Marks`, in the same file. */
export class Heard {
  readonly #database: Database.Database;
  readonly #known = new Map<string, Map<number, number>>();

  /** @param path of the SQLite file that `Marks` has opened, or `:memory:` */
  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.exec(layout);
    for (const row of this.#database.prepare('select site, worker, quarter, noted from heard').all([])) {
      const { site, worker, quarter, noted } = row as Row;
      this.#of(site, worker).set(quarter * quarterMs, noted);
    }
  }

  /** Those of which something else is noted than was heard last. */
  news(site: string, worker: string, noted: Noted): Noted {
    const known = this.#of(site, worker);
    return new Map([...noted].filter(([time, at]) => known.get(time) !== at));
  }

  /** To be told once their quarter hours are marked. */
  add(site: string, worker: string, noted: Noted): void {
    if (noted.size === 0) return;
    const known = this.#of(site, worker);
    const statement = this.#database.prepare('insert or replace into heard values (?, ?, ?, ?)');
    this.#database.transaction(() => {
      for (const [time, at] of noted) statement.run([site, worker, time / quarterMs, at]);
    })();
    for (const [time, at] of noted) known.set(time, at);
  }

  /** The store forgets marks from before this instant. */
  forget(site: string, before: number): void {
    this.#database
      .prepare('delete from heard where site = ? and quarter < ?')
      .run([site, Math.floor(before / quarterMs)]);
    for (const [key, known] of this.#known) {
      if (!key.startsWith(`${site} `)) continue;
      for (const time of known.keys()) if (time < before) known.delete(time);
    }
  }

  close(): void {
    this.#database.close();
  }

  #of(site: string, worker: string): Map<number, number> {
    const key = `${site} ${worker}`;
    const known = this.#known.get(key) ?? new Map<number, number>();
    this.#known.set(key, known);
    return known;
  }
}

interface Row {
  readonly site: string;
  readonly worker: string;
  readonly quarter: number;
  readonly noted: number;
}
