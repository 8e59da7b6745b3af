import type { MessagePort } from 'node:worker_threads';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Account } from '../ledger.ts';
import type { QuarantinedMessage, QuarantineQuery } from '../quarantine.ts';
import { type CommitLimits, countThatFits, type SpoolItem, toCommit } from './commit.ts';
import { isDamage } from './damage.ts';
import type { Opened, SpoolOptions, SpoolStats } from './protocol.ts';
import { SpoolThread } from './thread.ts';

interface Waiting {
  readonly item: SpoolItem;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
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
  #committing: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  #failure: ApertoError | undefined;
  /** Messages that settled without a commit of their own; the books gain them with the next one. */
  readonly #owed = new Map<Account, number>();

  private constructor(thread: SpoolThread, opened: Opened, limits: CommitLimits) {
    this.#thread = thread;
    this.opened = opened;
    this.#limits = limits;
  }

  /**
   * Opens the file, or makes it. A damaged one is set aside and what is readable of it carried over.
   * @throws ApertoError `config` where the file cannot be used
   */
  static async open(options: SpoolOptions, limits: CommitLimits): Promise<Spool> {
    try {
      return await Spool.#start(options, limits);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const setAside = await replaceDamaged(options);
    return Spool.#start(options, limits, setAside);
  }

  static async #start(options: SpoolOptions, limits: CommitLimits, setAside?: string): Promise<Spool> {
    const thread = new SpoolThread();
    try {
      const opened = await thread.call('open', options);
      return new Spool(thread, setAside === undefined ? opened : { ...opened, setAside }, limits);
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  append(item: SpoolItem): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(new ApertoError('closed', 'the spool is closed'));
    return this.#enqueue(item);
  }

  /** Books messages that left nothing behind: refused at a door. Durable with the next commit. */
  book(account: Account, messages = 1): void {
    this.#owed.set(account, (this.#owed.get(account) ?? 0) + messages);
  }

  /** Answers the drain: a `SpoolReader` at the other end of the port, in whatever thread. */
  connect(port: MessagePort): Promise<void> {
    return this.#thread.give([port], 'connect', port);
  }

  listQuarantine(query: QuarantineQuery): Promise<readonly QuarantinedMessage[]> {
    return this.#thread.call('listQuarantine', query);
  }

  stats(): Promise<SpoolStats> {
    return this.#thread.call('stats');
  }

  /** Rejects with the reason while messages cannot be made durable: the last commit failed. */
  async check(): Promise<void> {
    await this.stats();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Commits what is queued and owed, then closes the file. */
  close(): Promise<void> {
    this.#closed ??= this.#shut();
    return this.#closed;
  }

  async #shut(): Promise<void> {
    // Where the file takes nothing more, the counts are lost; whoever queued something is told so.
    if (this.#owed.size > 0) await Promise.allSettled([this.#enqueue({})]);
    await this.#committing;
    try {
      await this.#thread.call('close');
    } finally {
      await this.#thread.close();
    }
  }

  #enqueue(item: SpoolItem): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      this.#committing ??= this.#commitAll();
    });
  }

  async #commitAll(): Promise<void> {
    // All that arrives in this turn of the event loop shares the first commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const batch = this.#take();
      const owed = [...this.#owed];
      this.#owed.clear();
      try {
        await this.#thread.call(
          'commit',
          toCommit(
            batch.map(({ item }) => item),
            owed,
          ),
        );
      } catch (error) {
        for (const [account, messages] of owed) this.book(account, messages);
        this.#failure = error instanceof ApertoError ? error : new ApertoError('internal', messageOf(error));
        this.#fail(batch, this.#failure);
        continue;
      }
      this.#failure = undefined;
      for (const { resolve } of batch) resolve();
    }
    // In the same turn as the last look at the queue, or an item that comes now would wait for ever.
    this.#committing = undefined;
  }

  #fail(batch: readonly Waiting[], reason: ApertoError): void {
    // What queued behind it may count on it (a repeat does), so it fails with it.
    for (const { item, reject } of [...batch, ...this.#queue.splice(0)]) {
      const messages = [...(item.accounts?.values() ?? [])].reduce((sum, count) => sum + count, 0);
      if (messages > 0) this.book(`refused:${reason.code}`, messages);
      reject(reason);
    }
  }

  #take(): Waiting[] {
    const count = countThatFits(this.#queue, this.#limits);
    if (count === this.#queue.length) {
      const all = this.#queue;
      this.#queue = [];
      return all;
    }
    return this.#queue.splice(0, count);
  }
}

const replaceDamaged = async (options: SpoolOptions): Promise<string> => {
  const thread = new SpoolThread();
  try {
    return await thread.call('replaceDamaged', options);
  } finally {
    await thread.close();
  }
};
