import type { QuarantinedMessage, QuarantineQuery } from '../quarantine.ts';
import type { Connection } from './connection.ts';

/** The messages that were set aside, the newest `rowsMax` of them. Their count stays in the books for ever. */
export class QuarantineTable {
  readonly #file: Connection;
  readonly #rowsMax: number;

  constructor(file: Connection, rowsMax: number) {
    this.#file = file;
    this.#rowsMax = rowsMax;
  }

  /** Part of the caller's transaction. */
  add(messages: readonly Omit<QuarantinedMessage, 'id'>[]): void {
    if (messages.length === 0) return;
    for (const { receivedAt, topic, reason, detail, payload } of messages) {
      this.#file.run(
        'insert into quarantine (received_at, topic, reason, detail, payload) values (?, ?, ?, ?, ?)',
        receivedAt,
        topic,
        reason,
        detail,
        payload,
      );
    }
    this.#file.run('delete from quarantine where id <= (select max(id) from quarantine) - ?', this.#rowsMax);
  }

  /** Newest first. */
  list({ limit, before = Number.MAX_SAFE_INTEGER }: QuarantineQuery): readonly QuarantinedMessage[] {
    return this.#file.rows<QuarantinedMessage>(
      `select id, received_at as receivedAt, topic, reason, detail, payload from quarantine
       where id < ? order by id desc limit ?`,
      before,
      limit,
    );
  }
}
