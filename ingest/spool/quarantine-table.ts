import type { QuarantinedMessage, QuarantineQuery } from '../quarantine.ts';
import type { Connection } from './connection.ts';

interface Share {
  readonly sender: string;
  readonly rows: number;
}

/**
 * The messages that were set aside, `rowsMax` of them; their count stays in the books for ever. Where there is no more
 * room, the oldest of those go who have most: nobody can push the others' messages out.
 */
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
    for (const { receivedAt, topic, reason, detail, payload, sender = topic } of messages) {
      this.#file.run(
        'insert into quarantine (received_at, topic, reason, detail, payload, sender) values (?, ?, ?, ?, ?, ?)',
        receivedAt,
        topic,
        reason,
        detail,
        payload,
        sender,
      );
    }
    if (this.#excess() > 0) this.#shorten();
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

  #excess(): number {
    return this.#file.number('select count(*) from quarantine') - this.#rowsMax;
  }

  /** Brings everybody down to the same share, and takes the oldest where there are more senders than rows. */
  #shorten(): void {
    const shares = this.#file.rows<Share>('select sender, count(*) as rows from quarantine group by sender');
    const share = fairShare(
      shares.map(({ rows }) => rows),
      this.#rowsMax,
    );
    for (const { sender, rows } of shares) {
      if (rows <= share) continue;
      this.#file.run(
        'delete from quarantine where id in (select id from quarantine where sender = ? order by id limit ?)',
        sender,
        rows - share,
      );
    }
    const excess = this.#excess();
    if (excess <= 0) return;
    this.#file.run(
      'delete from quarantine where id in (select id from quarantine order by id limit ?)',
      excess,
    );
  }
}

/** The most that each may keep so that all of them fit; at least 1. */
export const fairShare = (counts: readonly number[], room: number): number => {
  let [low, high] = [1, room];
  while (low < high) {
    const share = Math.ceil((low + high) / 2);
    const sum = counts.reduce((all, count) => all + Math.min(count, share), 0);
    if (sum <= room) low = share;
    else high = share - 1;
  }
  return low;
};
