import { statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import Database from 'libsql';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { QuarantinedMessage, QuarantineQuery } from '../quarantine.ts';
import type {
  Accounts,
  Batch,
  Commit,
  Opened,
  ReadResult,
  Settlement,
  SpoolOptions,
  SpoolStats,
} from './protocol.ts';
import { createTables, schemaVersion } from './schema.ts';
import { Tail } from './tail.ts';

type BatchRow = { id: number; messages: number; points: number; crc: number; body: ArrayBuffer };

/**
 * The spool's file. Synchronous: it lives in a thread of its own.
 * Every commit is one transaction in WAL mode with synchronous=FULL, so it has been fsynced when it returns.
 */
export class SpoolDatabase {
  readonly #options: SpoolOptions;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #tail: Tail;
  #waitingMessages = 0;
  #waitingPoints = 0;

  /** @throws whatever SQLite says of a file that it cannot use; recovery.ts decides what to do then */
  constructor(options: SpoolOptions) {
    this.#options = options;
    this.#database = new Database(options.path);
    const db = this.#database;
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    const version = Number(this.#one('pragma user_version').user_version);
    if (version > schemaVersion) {
      throw new ApertoError('config', `${options.path}: written by a newer release; start that one`);
    }
    const pageBytes = Number(this.#one('pragma page_size').page_size);
    db.pragma(`max_page_count = ${Math.max(16, Math.floor(options.sizeBytesMax / pageBytes))}`);
    db.exec(createTables);
    db.pragma(`user_version = ${schemaVersion}`);
    this.#tail = new Tail(options.tailMessagesMax);
    for (const row of this.#rows<BatchRow>(
      'select id, messages from batch where id <= ? order by id',
      this.confirmed,
    )) {
      this.#tail.push(row.id, row.messages);
    }
    this.recount();
  }

  get confirmed(): number {
    return Number(this.#one('select confirmed from progress').confirmed);
  }

  accounts(): Record<string, number> {
    const rows = this.#rows<{ account: string; messages: number }>('select account, messages from ledger');
    return Object.fromEntries(rows.map(({ account, messages }) => [account, messages]));
  }

  /** What a start needs to know. Messages that the books promise and the file lacks are booked as lost. */
  opened(): Opened {
    const accounts = this.accounts();
    const { received = 0, ...settled } = accounts;
    const waitingMessages = this.#waitingMessages;
    const lostMessages =
      received - waitingMessages - Object.values(settled).reduce((sum, count) => sum + count, 0);
    if (lostMessages !== 0) {
      const repair: Accounts =
        lostMessages > 0 ? { 'quarantined:spool_corrupt': lostMessages } : { received: -lostMessages };
      this.#transaction(() => this.#book(repair));
    }
    const tail = this.#rows<BatchRow>('select body from batch order by id').map((row) =>
      Buffer.from(row.body).toString('utf8'),
    );
    return { accounts: this.accounts(), waitingMessages, lostMessages: Math.max(0, lostMessages), tail };
  }

  commit(commit: Commit): void {
    this.#transaction(() => {
      if (commit.body !== undefined)
        this.insert(Buffer.from(commit.body, 'utf8'), commit.messages, commit.points);
      this.#quarantine(commit.quarantined);
      this.#book(commit.accounts);
    });
    this.#waitingMessages += commit.messages;
    this.#waitingPoints += commit.points;
  }

  /** Recovery: the books and the progress of a file that was set aside. */
  carry(accounts: Accounts, confirmed: number): void {
    this.#transaction(() => {
      this.#book(accounts);
      this.#prepare('update progress set confirmed = ?').run(confirmed);
    });
  }

  /** Adds a batch; with an id only where recovery carries it over. */
  insert(body: Buffer, messages: number, points: number, id?: number): void {
    this.#prepare('insert into batch (id, messages, points, crc, body) values (?, ?, ?, ?, ?)').run(
      id ?? null,
      messages,
      points,
      crc32(body),
      body,
    );
  }

  read(after: number, pointsMax: number): ReadResult {
    const batches: Batch[] = [];
    const damaged: BatchRow[] = [];
    let points = 0;
    let id = Math.max(after, this.confirmed);
    while (points < pointsMax) {
      const [row] = this.#rows<BatchRow>('select * from batch where id > ? order by id limit 1', id);
      if (row === undefined) break;
      id = row.id;
      if (crc32(Buffer.from(row.body)) !== row.crc) {
        damaged.push(row);
        continue;
      }
      points += Math.max(1, row.points);
      batches.push({ id, body: Buffer.from(row.body).toString('utf8') });
    }
    return { batches, lostMessages: this.#writeOff(damaged) };
  }

  settle(settlement: Settlement): void {
    const rows = this.#rows<BatchRow>(
      'select id, messages, points from batch where id > ? and id <= ? order by id',
      this.confirmed,
      settlement.upTo,
    );
    this.#transaction(() => {
      this.#prepare('update progress set confirmed = ?').run(settlement.upTo);
      this.#quarantine(settlement.quarantined);
      this.#book(settlement.accounts);
      const forget = this.#tail.forgettable(rows);
      if (forget !== undefined) this.#prepare('delete from batch where id <= ?').run(forget);
    });
    for (const row of rows) {
      this.#tail.push(row.id, row.messages);
      this.#waitingMessages -= row.messages;
      this.#waitingPoints -= row.points;
    }
  }

  listQuarantine({ limit, before }: QuarantineQuery): readonly QuarantinedMessage[] {
    return this.#rows<QuarantinedMessage>(
      `select id, received_at as receivedAt, topic, reason, detail, payload from quarantine
       where id < ? order by id desc limit ?`,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    );
  }

  stats(): SpoolStats {
    const sizeBytes = ['', '-wal'].reduce(
      (sum, suffix) => sum + (statSync(this.#options.path + suffix, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    return { waitingMessages: this.#waitingMessages, waitingPoints: this.#waitingPoints, sizeBytes };
  }

  close(): void {
    this.#database.close();
  }

  #writeOff(damaged: readonly BatchRow[]): number {
    const lost = damaged.reduce((sum, row) => sum + row.messages, 0);
    if (damaged.length === 0) return 0;
    this.#transaction(() => {
      for (const row of damaged) this.#prepare('delete from batch where id = ?').run(row.id);
      this.#book({ 'quarantined:spool_corrupt': lost });
    });
    this.recount();
    return lost;
  }

  /** Counts what waits for the store. */
  recount(): void {
    const row = this.#one(
      'select coalesce(sum(messages), 0) as messages, coalesce(sum(points), 0) as points from batch where id > ?',
      this.confirmed,
    );
    this.#waitingMessages = Number(row.messages);
    this.#waitingPoints = Number(row.points);
  }

  #book(accounts: Accounts): void {
    const statement = this.#prepare(
      'insert into ledger values (?, ?) on conflict (account) do update set messages = messages + excluded.messages',
    );
    for (const [account, messages] of Object.entries(accounts)) statement.run(account, messages);
  }

  #quarantine(messages: readonly Omit<QuarantinedMessage, 'id'>[]): void {
    if (messages.length === 0) return;
    const statement = this.#prepare(
      'insert into quarantine (received_at, topic, reason, detail, payload) values (?, ?, ?, ?, ?)',
    );
    for (const { receivedAt, topic, reason, detail, payload } of messages) {
      statement.run(receivedAt, topic, reason, detail, payload);
    }
    this.#prepare('delete from quarantine where id <= (select max(id) from quarantine) - ?').run(
      this.#options.quarantineRowsMax,
    );
  }

  #transaction(work: () => void): void {
    this.#database.exec('begin immediate');
    try {
      work();
      this.#database.exec('commit');
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('rollback');
      throw toSpoolError(error, this.#options.path);
    }
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #rows<Row>(sql: string, ...parameters: readonly (number | string)[]): Row[] {
    return this.#prepare(sql).all(...parameters) as Row[];
  }

  #one(sql: string, ...parameters: readonly number[]): Record<string, unknown> {
    return this.#prepare(sql).get(...parameters) as Record<string, unknown>;
  }
}

const toSpoolError = (error: unknown, path: string): ApertoError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_FULL')) {
    return new ApertoError('spool_full', `${path}: the spool or its disk is full`, {
      cause: error,
      retry: true,
    });
  }
  return new ApertoError('spool_failed', `${path}: ${messageOf(error)}`, { cause: error, retry: true });
};
