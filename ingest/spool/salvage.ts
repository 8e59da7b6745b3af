import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { BatchRow } from './batch-row.ts';
import { Connection } from './connection.ts';
import { booksLost } from './protocol.ts';
import { prepareSchema } from './schema.ts';

type Row = Record<string, unknown>;

/** A new spool's file that is filled from a damaged one. Nobody relies on it before `finish`. */
export class Salvage {
  readonly #file: Connection;
  readonly #path: string;
  readonly #quarantineRowsMax: number;

  constructor(path: string, quarantineRowsMax: number) {
    this.#path = path;
    this.#quarantineRowsMax = quarantineRowsMax;
    this.#file = new Connection(path);
    this.#file.rows('pragma journal_mode = OFF');
    this.#file.rows('pragma synchronous = OFF');
    prepareSchema(this.#file);
  }

  books(rows: readonly Row[]): void {
    for (const { account, messages } of rows) {
      if (typeof messages !== 'number' || typeof account !== 'string') continue;
      this.#file.run('insert or replace into ledger values (?, ?)', account, messages);
    }
  }

  /** What the books told of is not all: how much is missing, nobody can tell. That stays in them for ever. */
  loseBooks(): void {
    this.#file.run(
      'insert into ledger values (?, 1) on conflict (account) do update set messages = messages + 1',
      booksLost,
    );
  }

  quarantine(rows: readonly Row[]): void {
    for (const row of rows.slice(-this.#quarantineRowsMax)) {
      const { id, received_at, topic, reason, detail, payload, sender = topic } = row;
      this.#file.run(
        'insert or replace into quarantine values (?, ?, ?, ?, ?, ?, ?)',
        Number(id),
        Number(received_at),
        String(topic),
        String(reason),
        String(detail),
        String(payload),
        String(sender),
      );
    }
  }

  memory(rows: readonly Row[]): void {
    for (const { key, value } of rows) {
      this.#file.run('insert or replace into memory values (?, ?)', String(key), String(value));
    }
  }

  /** @param confirmed the last id in the store; @param last the last that was given: a new one is above both */
  progress(confirmed: number, last: number): void {
    this.#file.run('update progress set confirmed = ?', confirmed);
    this.#file.run("insert into sqlite_sequence values ('batch', ?)", Math.max(confirmed, last));
  }

  batch({ id, messages, points, crc, body }: BatchRow): void {
    this.#file.run('insert into batch values (?, ?, ?, ?, ?)', id, messages, points, crc, Buffer.from(body));
  }

  /** Makes the file durable; it is complete from here on. */
  finish(): void {
    this.#file.close();
    const file = openSync(this.#path, 'r+');
    fsyncSync(file);
    closeSync(file);
  }
}
