import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Account } from '../ledger.ts';
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
  readonly entry?: SpoolEntry | undefined;
  readonly quarantined?: Omit<QuarantinedMessage, 'id'> | undefined;
  /** Where the books put the message; absent for points of our own, which are no message. */
  readonly account?: Account;
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
  /** Messages that settled without a commit of their own; the books gain them with the next one. */
  readonly #owed = new Map<Account, number>();

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

  /** Books messages that left nothing behind: refused at a door. Durable with the next commit. */
  book(account: Account, messages = 1): void {
    this.#owed.set(account, (this.#owed.get(account) ?? 0) + messages);
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

  /** Commits what is queued and owed, then closes the file. */
  async close(): Promise<void> {
    if (this.#owed.size > 0) await this.append({});
    if (this.#committing) await new Promise<void>((resolve) => (this.#closing = resolve));
    await this.#thread.call('close');
    await this.#thread.end();
  }

  async #commitAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#take();
      const owed = [...this.#owed];
      this.#owed.clear();
      try {
        await this.#thread.call('commit', toCommit(batch, owed));
        for (const { resolve } of batch) resolve();
        this.#onCommit?.();
      } catch (error) {
        const reason = error instanceof ApertoError ? error : new ApertoError('internal', messageOf(error));
        for (const [account, messages] of owed) this.book(account, messages);
        // What queued behind it may count on it (a repeat does), so it fails with it.
        for (const { item, reject } of [...batch, ...this.#queue.splice(0)]) {
          if (item.account !== undefined) this.book(`refused:${reason.code}`);
          reject(reason);
        }
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

const toCommit = (batch: readonly Waiting[], owed: Iterable<readonly [Account, number]>): Commit => {
  const texts: string[] = [];
  const quarantined: Omit<QuarantinedMessage, 'id'>[] = [];
  const counts = new Map<Account, number>(owed);
  let messages = 0;
  let points = 0;
  for (const { item } of batch) {
    if (item.account !== undefined) counts.set(item.account, (counts.get(item.account) ?? 0) + 1);
    if (item.quarantined !== undefined) quarantined.push(item.quarantined);
    if (item.entry === undefined) continue;
    texts.push(item.entry.text);
    messages += item.entry.messages ?? 1;
    points += item.entry.points.length;
  }
  const body = texts.length === 0 ? {} : { body: encodeBatch(texts) };
  return { ...body, messages, points, quarantined, accounts: toAccounts(counts) };
};

/** Accounts as the file keeps them: all that was received, and where it went unless it is in the batch itself. */
const toAccounts = (counts: ReadonlyMap<Account, number>): Accounts => {
  const accounts: Record<string, number> = {};
  let received = 0;
  for (const [account, messages] of counts) {
    received += messages;
    if (account !== 'spooled') accounts[account] = messages;
  }
  return received === 0 ? accounts : { ...accounts, received };
};
