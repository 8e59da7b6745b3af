import { ApertoError } from '../model/errors.ts';
import type { Account, Ledger } from './ledger.ts';
import type { Message, Outcome } from './message.ts';
import { type Parcel, ParcelWriter } from './parcel.ts';

/** What became of a parcel's messages, in their order. */
export interface ParcelOutcome {
  /** A place in `outcomes` for each message. */
  readonly places: Uint16Array;
  readonly outcomes: readonly Outcome[];
  readonly accounts: ReadonlyMap<Account, number>;
}

export interface IntakeParts {
  /** Resolves once all of the parcel is durable. Parcels are judged in the order of the calls. */
  readonly send: (parcel: Parcel, refused: ReadonlyMap<Account, number>) => Promise<ParcelOutcome>;
  readonly ledger: Ledger;
  readonly limits: { readonly messagesMax: number; readonly bytesMax: number };
  /** Called with the time from the door to durable, of the oldest message of each parcel. */
  readonly onDurable?: (delayMs: number) => void;
}

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/** Parcels that may be on their way at once: while one waits for its fsync, the next is judged. */
const parcelsMax = 4;

/**
 * The way in for every door, on the thread that answers the devices. It looks into nothing: what comes in one turn of
 * the event loop goes as one parcel to the thread that reads, and is settled when that says so, in the order of arrival.
 */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #writer = new ParcelWriter();
  #waiting: Waiting[] = [];
  #refused = new Map<Account, number>();
  #openedAt = 0;
  #scheduled = false;
  #underWay = 0;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Resolves once the message is durable; rejects (`spool_full`, `spool_failed`) where it must not be acked. */
  accept = (message: Message): Promise<Outcome> => {
    this.#parts.ledger.receive(message.qos);
    if (this.#waiting.length === 0) this.#openedAt = performance.now();
    this.#writer.add(message);
    const settled = new Promise<Outcome>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
    this.#schedule();
    return settled;
  };

  /** A message that a door turned away before anybody looked into it: counted, not acknowledged. */
  refuse(reason: string, qos: 0 | 1 | 2): void {
    const { ledger } = this.#parts;
    const account = `refused:${reason}` as const;
    ledger.receive(qos);
    ledger.leave(account);
    this.#refused.set(account, (this.#refused.get(account) ?? 0) + 1);
    this.#schedule();
  }

  #schedule(): void {
    const { messagesMax, bytesMax } = this.#parts.limits;
    if (this.#writer.count >= messagesMax || this.#writer.sizeBytes >= bytesMax) this.flush();
    if (this.#scheduled || this.#underWay >= parcelsMax) return;
    this.#scheduled = true;
    // All that arrives in this turn of the event loop goes together.
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#underWay < parcelsMax) this.flush();
    });
  }

  /** Sends what was taken until now. */
  flush(): void {
    if (this.#waiting.length === 0 && this.#refused.size === 0) return;
    const waiting = this.#waiting;
    const refused = this.#refused;
    const openedAt = this.#openedAt;
    this.#waiting = [];
    this.#refused = new Map();
    this.#underWay++;
    this.#parts
      .send(this.#writer.take(), refused)
      .then(
        (outcome) => this.#settle(waiting, outcome, openedAt),
        (error: unknown) => this.#fail(waiting, refused, error),
      )
      .finally(() => {
        this.#underWay--;
        // Counts alone wait for the next message: what failed may fail again at once.
        if (this.#waiting.length > 0) this.#schedule();
      });
  }

  #settle(
    waiting: readonly Waiting[],
    { places, outcomes, accounts }: ParcelOutcome,
    openedAt: number,
  ): void {
    const { ledger, onDurable } = this.#parts;
    for (const [account, messages] of accounts) ledger.leave(account, messages);
    if (waiting.length > 0) onDurable?.(performance.now() - openedAt);
    for (const [index, { resolve, reject }] of waiting.entries()) {
      const outcome = outcomes[places[index] ?? outcomes.length];
      if (outcome === undefined) reject(new ApertoError('internal', 'a message was judged by nobody'));
      else resolve(outcome);
    }
  }

  #fail(waiting: readonly Waiting[], refused: ReadonlyMap<Account, number>, error: unknown): void {
    const { ledger } = this.#parts;
    const reason =
      error instanceof ApertoError ? error : new ApertoError('internal', String(error), { cause: error });
    if (waiting.length > 0) ledger.leave(`refused:${reason.code}`, waiting.length);
    for (const [account, messages] of refused)
      this.#refused.set(account, (this.#refused.get(account) ?? 0) + messages);
    for (const { reject } of waiting) reject(reason);
  }
}
