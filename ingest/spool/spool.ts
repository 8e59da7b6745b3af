import type { QuarantinedMessage, QuarantineQuery } from '../quarantine.ts';
import { encodeBatch, type SpoolEntry } from './entry.ts';
import type {
  Accounts,
  Commit,
  Opened,
  ReadResult,
  Settlement,
  SpoolOptions,
  SpoolStats,
} from './protocol.ts';
import { SpoolThread } from './rpc.ts';

/** What a settled message leaves behind, all in one transaction: points, or a quarantined copy, or a count alone. */
export interface SpoolItem {
  readonly entry?: SpoolEntry;
  readonly quarantined?: Omit<QuarantinedMessage, 'id'>;
  /** What the books gain when it is durable. */
  readonly accounts: Accounts;
}

interface Waiting {
  readonly item: SpoolItem;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface CommitLimits {
  readonly messagesMax: number;
  readonly bytesMax: number;
}

/**
 * The spool as the rest sees it. `append` resolves once the item has been fsynced, in the order of the calls;
 * one fsync covers all that came while the last one ran (group commit).
 */
export class Spool {
  readonly #thread: SpoolThread;
  readonly #limits: CommitLimits;
  readonly opened: Opened;
  #queue: Waiting[] = [];
  #committing = false;
  #closing: (() => void) | undefined;
  #onCommit: (() => void) | undefined;

  private constructor(thread: SpoolThread, opened: Opened, limits: CommitLimits) {
    this.#thread = thread;
    this.opened = opened;
    this.#limits = limits;
  }

  /** @throws ApertoError `config` where the file cannot be used */
  static async open(options: SpoolOptions, limits: CommitLimits): Promise<Spool> {
    const thread = new SpoolThread();
    try {
      return new Spool(thread, await thread.call('open', options), limits);
    } catch (error) {
      await thread.end();
      throw error;
    }
  }

  append(item: SpoolItem): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      if (this.#committing) return;
      this.#committing = true;
      // All that arrives in this turn of the event loop shares the first commit.
      setImmediate(() => this.#commitAll());
    });
  }

  /** Called after each commit: there may be something to drain. */
  onCommit(listener: () => void): void {
    this.#onCommit = listener;
  }

  read(after: number, pointsMax: number): Promise<ReadResult> {
    return this.#thread.call('read', after, pointsMax);
  }

  settle(settlement: Settlement): Promise<void> {
    return this.#thread.call('settle', settlement);
  }

  listQuarantine(query: QuarantineQuery): Promise<readonly QuarantinedMessage[]> {
    return this.#thread.call('listQuarantine', query);
  }

  stats(): Promise<SpoolStats> {
    return this.#thread.call('stats');
  }

  /** Commits what is queued, then closes the file. */
  async close(): Promise<void> {
    if (this.#committing) await new Promise<void>((resolve) => (this.#closing = resolve));
    await this.#thread.call('close');
    await this.#thread.end();
  }

  async #commitAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#take();
      try {
        await this.#thread.call('commit', toCommit(batch));
        for (const { resolve } of batch) resolve();
        this.#onCommit?.();
      } catch (error) {
        const reason = error instanceof Error ? error : new Error(String(error));
        // What queued behind it may count on it (a repeat does), so it fails with it.
        for (const { reject } of [...batch, ...this.#queue.splice(0)]) reject(reason);
      }
    }
    this.#committing = false;
    this.#closing?.();
  }

  #take(): Waiting[] {
    const { messagesMax, bytesMax } = this.#limits;
    let bytes = 0;
    let count = 0;
    for (const { item } of this.#queue) {
      bytes += (item.entry?.text.length ?? 0) + (item.quarantined?.payload.length ?? 0);
      if (count > 0 && (count >= messagesMax || bytes > bytesMax)) break;
      count++;
    }
    if (count === this.#queue.length) {
      const all = this.#queue;
      this.#queue = [];
      return all;
    }
    return this.#queue.splice(0, count);
  }
}

const toCommit = (batch: readonly Waiting[]): Commit => {
  const texts: string[] = [];
  const quarantined: Omit<QuarantinedMessage, 'id'>[] = [];
  const accounts: Record<string, number> = {};
  let messages = 0;
  let points = 0;
  for (const { item } of batch) {
    for (const account in item.accounts)
      accounts[account] = (accounts[account] ?? 0) + (item.accounts[account] ?? 0);
    if (item.quarantined !== undefined) quarantined.push(item.quarantined);
    if (item.entry === undefined) continue;
    texts.push(item.entry.text);
    messages += item.entry.messages ?? 1;
    points += item.entry.points.length;
  }
  const body = texts.length === 0 ? {} : { body: encodeBatch(texts) };
  return { ...body, messages, points, quarantined, accounts };
};
