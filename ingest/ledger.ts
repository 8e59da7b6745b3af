import { type Accounts, booksLost } from './spool/protocol.ts';

/**
 * The books, in messages. They always add up:
 * received = stored + duplicate + spooled + Σ quarantined + Σ refused.
 */
export interface LedgerView {
  readonly received: number;
  /** All points of the message are in the store. */
  readonly stored: number;
  /** Accepted before, word for word. */
  readonly duplicate: number;
  /** On their way: waiting for their fsync, or durable and waiting for the store. */
  readonly spooled: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  /** How often the books themselves were damaged beyond reading: what they held before is in no figure here. */
  readonly booksLost?: number;
}

/** Where a message stands once a door or the pipeline has settled it. */
export type Account = 'spooled' | 'duplicate' | `quarantined:${string}` | `refused:${string}`;

/**
 * The books in memory. The door counts what comes in (`receive`), the stages count what they settled (`book`), and
 * each count is made apart from the others, so that a message that nobody settled shows as an imbalance.
 * The spool keeps the same accounts on disk, in the transactions that settle the messages.
 */
export class Ledger {
  readonly #settled = new Map<string, number>();
  #received = 0;
  #received0 = 0;
  #inFlight = 0;
  #spooled: number;

  /** @param accounts as the spool kept them; @param spooled messages that wait for the store */
  constructor(accounts: Accounts, spooled: number) {
    for (const [account, messages] of Object.entries(accounts)) {
      if (account === 'received') this.#received = messages;
      else this.#settled.set(account, messages);
    }
    this.#spooled = spooled;
  }

  /** A message came in at a door; it is in flight until `leave`. */
  receive(qos: 0 | 1 | 2): void {
    this.#received++;
    if (qos === 0) this.#received0++;
    this.#inFlight++;
  }

  /** Messages were settled: durable in the spool (`spooled`), or in the given account. */
  leave(account: Account, messages = 1): void {
    this.#inFlight -= messages;
    if (account === 'spooled') this.#spooled += messages;
    else this.#add(account, messages);
  }

  /** The store, or the loss of a damaged part, settled messages that were spooled. */
  settleSpooled(accounts: Accounts): void {
    for (const [account, messages] of Object.entries(accounts)) {
      this.#spooled -= messages;
      this.#add(account, messages);
    }
  }

  #add(account: string, messages: number): void {
    if (messages === 0) return;
    this.#settled.set(account, (this.#settled.get(account) ?? 0) + messages);
  }

  /** Messages of this run that came without an acknowledgement to wait for; they are part of `received`. */
  get receivedQos0(): number {
    return this.#received0;
  }

  view(): LedgerView {
    return {
      received: this.#received,
      stored: this.#settled.get('stored') ?? 0,
      duplicate: this.#settled.get('duplicate') ?? 0,
      spooled: this.#spooled + this.#inFlight,
      quarantined: this.#group('quarantined:'),
      refused: this.#group('refused:'),
      ...(this.#settled.has(booksLost) ? { booksLost: this.#settled.get(booksLost) ?? 0 } : {}),
    };
  }

  #group(prefix: string): Record<string, number> {
    const group: Record<string, number> = {};
    for (const [account, messages] of this.#settled) {
      if (messages !== 0 && account.startsWith(prefix)) group[account.slice(prefix.length)] = messages;
    }
    return group;
  }
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** Messages that nobody settled, or that were settled twice (negative). Zero when the books balance. */
export const imbalance = (view: LedgerView): number =>
  view.received - view.stored - view.duplicate - view.spooled - sum(view.quarantined) - sum(view.refused);
