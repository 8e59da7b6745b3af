import { statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { ApertoError } from '../../model/errors.ts';
import type { Remembered } from '../kept-memory.ts';
import type { QuarantinedMessage, QuarantineQuery } from '../quarantine.ts';
import { type BatchRow, isIntact, newestRows, textOf } from './batch-row.ts';
import { Connection } from './connection.ts';
import type {
  Accounts,
  Batch,
  Commit,
  NewBatch,
  Opened,
  ReadResult,
  Settlement,
  SpoolOptions,
  SpoolStats,
} from './protocol.ts';
import { booksLost } from './protocol.ts';
import { QuarantineTable } from './quarantine-table.ts';
import { prepareSchema } from './schema.ts';
import { Tail } from './tail.ts';

/** The spool's file: batches, quarantine and books, each call one transaction. Synchronous: it lives in a thread. */
export class SpoolDatabase {
  readonly #options: SpoolOptions;
  readonly #file: Connection;
  readonly #quarantine: QuarantineTable;
  #tail: Tail;
  #waitingMessages = 0;
  #waitingPoints = 0;

  /** @throws ApertoError `config`, or `spool_failed` with reason `damaged` */
  constructor(options: SpoolOptions) {
    this.#options = options;
    this.#file = new Connection(options.path);
    const file = this.#file;
    file.own(options.sizeBytesMax);
    prepareSchema(file);
    file.verify();
    this.#quarantine = new QuarantineTable(file, options.quarantineRowsMax);
    this.#tail = new Tail(options.tailMessagesMax);
    const stored = 'select id, messages from batch where id <= ? order by id';
    for (const row of file.rows<BatchRow>(stored, this.#confirmed)) this.#tail.push(row.id, row.messages);
    this.#recount();
  }

  /** What a start needs to know. Messages that the books promise and the file lacks are booked as lost. */
  opened(): Opened {
    const { received = 0, [booksLost]: _, ...settled } = this.#accounts();
    const waitingMessages = this.#waitingMessages;
    const lostMessages =
      received - waitingMessages - Object.values(settled).reduce((sum, count) => sum + count, 0);
    if (lostMessages > 0) this.#book({ 'quarantined:spool_corrupt': lostMessages });
    if (lostMessages < 0) this.#book({ received: -lostMessages });
    return {
      accounts: this.#accounts(),
      waitingMessages,
      lostMessages: Math.max(0, lostMessages),
      tail: this.#newestBodies(),
      memory: this.#file
        .rows<{ key: string; value: string }>('select key, value from memory order by rowid')
        .map(({ key, value }) => [key, value]),
    };
  }

  commit({ batches, quarantined, accounts, remembered }: Commit): void {
    this.#withRoom(() => {
      for (const batch of batches) this.#insert(batch);
      this.#quarantine.add(quarantined);
      this.#book(accounts);
      this.#remember(remembered);
    });
    for (const { messages, points } of batches) {
      this.#waitingMessages += messages;
      this.#waitingPoints += points;
    }
  }

  read(after: number, pointsMax: number): ReadResult {
    const batches: Batch[] = [];
    const damaged: BatchRow[] = [];
    let points = 0;
    let id = Math.max(after, this.#confirmed);
    while (points < pointsMax) {
      const [row] = this.#file.rows<BatchRow>('select * from batch where id > ? order by id limit 1', id);
      // What would go beyond it waits for the next read, so that a store gets its points in one write.
      if (row === undefined || (points > 0 && points + row.points > pointsMax)) break;
      id = row.id;
      if (!isIntact(row)) {
        damaged.push(row);
        continue;
      }
      points += Math.max(1, row.points);
      batches.push({ id, body: textOf(row) });
    }
    const lostMessages = this.#writeOff(damaged);
    return { batches, lostMessages, waitingPoints: this.#waitingPoints };
  }

  readNewest(after: number, pointsMax: number): Batch[] {
    const batches: Batch[] = [];
    let points = 0;
    for (const row of newestRows(this.#file, Math.max(after, this.#confirmed))) {
      if (points >= pointsMax) break;
      points += Math.max(1, row.points);
      if (isIntact(row)) batches.push({ id: row.id, body: textOf(row) });
    }
    return batches.reverse();
  }

  settle({ upTo, quarantined, accounts }: Settlement): void {
    const rows = this.#file.rows<BatchRow>(
      'select id, messages, points from batch where id > ? and id <= ? order by id',
      this.#confirmed,
      upTo,
    );
    const wasFull = this.#withRoom((full) => {
      // What goes makes room for what comes, so that a full spool can still be drained.
      const forget = full ? upTo : this.#tail.forgettable(rows);
      if (forget !== undefined) this.#file.run('delete from batch where id <= ?', forget);
      this.#file.run('update progress set confirmed = ?', upTo);
      this.#quarantine.add(quarantined);
      this.#book(accounts);
    });
    for (const row of rows) {
      if (!wasFull) this.#tail.push(row.id, row.messages);
      this.#waitingMessages -= row.messages;
      this.#waitingPoints -= row.points;
    }
  }

  listQuarantine(query: QuarantineQuery): readonly QuarantinedMessage[] {
    return this.#quarantine.list(query);
  }

  stats(): SpoolStats {
    const sizeBytes = ['', '-wal'].reduce(
      (sum, suffix) => sum + (statSync(this.#options.path + suffix, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    return { waitingMessages: this.#waitingMessages, waitingPoints: this.#waitingPoints, sizeBytes };
  }

  close(): void {
    this.#file.close();
  }

  get #confirmed(): number {
    return this.#file.number('select confirmed from progress');
  }

  #accounts(): Record<string, number> {
    const rows = this.#file.rows<{ account: string; messages: number }>(
      'select account, messages from ledger',
    );
    return Object.fromEntries(rows.map(({ account, messages }) => [account, messages]));
  }

  /** The newest intact batches that hold the messages of the window of repeats, oldest first. */
  #newestBodies(): string[] {
    const bodies: string[] = [];
    let messages = 0;
    for (const row of newestRows(this.#file, 0)) {
      if (messages >= this.#options.tailMessagesMax) break;
      messages += row.messages;
      if (isIntact(row)) bodies.push(textOf(row));
    }
    return bodies.reverse();
  }

  #insert({ body: text, messages, points }: NewBatch): void {
    const body = Buffer.from(text, 'utf8');
    this.#file.run(
      'insert into batch (messages, points, crc, body) values (?, ?, ?, ?)',
      messages,
      points,
      crc32(body),
      body,
    );
  }

  #book(accounts: Accounts): void {
    for (const [account, messages] of Object.entries(accounts)) {
      if (messages === 0) continue;
      this.#file.run(
        'insert into ledger values (?, ?) on conflict (account) do update set messages = messages + excluded.messages',
        account,
        messages,
      );
    }
  }

  #remember(remembered: readonly Remembered[]): void {
    for (const [key, value] of remembered) {
      if (value === undefined) this.#file.run('delete from memory where key = ?', key);
      else this.#file.run('insert or replace into memory values (?, ?)', key, value);
    }
  }

  #writeOff(damaged: readonly BatchRow[]): number {
    if (damaged.length === 0) return 0;
    const lost = damaged.reduce((sum, row) => sum + row.messages, 0);
    this.#file.transaction(() => {
      for (const row of damaged) this.#file.run('delete from batch where id = ?', row.id);
      this.#book({ 'quarantined:spool_corrupt': lost });
    });
    this.#recount();
    return lost;
  }

  /** Runs a transaction; where the file is full, once more without the tail: repeats matter less than news. */
  #withRoom(work: (full: boolean) => void): boolean {
    try {
      this.#file.transaction(() => work(false));
      return false;
    } catch (error) {
      if (!(error instanceof ApertoError) || error.code !== 'spool_full') throw error;
    }
    const confirmed = this.#confirmed;
    this.#file.transaction(() => this.#file.run('delete from batch where id <= ?', confirmed));
    this.#tail = new Tail(this.#options.tailMessagesMax);
    this.#file.transaction(() => work(true));
    return true;
  }

  /** Counts what waits for the store. */
  #recount(): void {
    const [row] = this.#file.rows<{ messages: number; points: number }>(
      'select coalesce(sum(messages), 0) as messages, coalesce(sum(points), 0) as points from batch where id > ?',
      this.#confirmed,
    );
    this.#waitingMessages = row?.messages ?? 0;
    this.#waitingPoints = row?.points ?? 0;
  }
}
