import type { Clock } from '../model/clock.ts';
import { ApertoError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import { type Rebirth, type Rejected, rejected } from './decode/decoded.ts';
import type { Decoder } from './decode/decoder.ts';
import type { Duplicates } from './duplicates.ts';
import type { Inventory } from './inventory.ts';
import type { KeptMemory } from './kept-memory.ts';
import type { Account, Ledger } from './ledger.ts';
import type { LiveState } from './live.ts';
import type { Message, Outcome } from './message.ts';
import { type Normalised, normalise, type Placement } from './normalise/normalise.ts';
import type { TimePolicy } from './normalise/time.ts';
import type { Presence } from './presence.ts';
import { Receipts } from './receipts.ts';
import { redact, redactAddresses } from './redact.ts';
import type { SpoolItem } from './spool/commit.ts';
import { type SpoolEntry, toEntry } from './spool/entry.ts';
import type { Spool } from './spool/spool.ts';
import type { Strangers } from './strangers.ts';

export interface PipelineParts {
  readonly decoder: Decoder;
  /** The decoder's memory. */
  readonly memory: KeptMemory;
  readonly inventory: Inventory;
  readonly strangers: Strangers;
  readonly spool: Pick<Spool, 'append' | 'book'>;
  readonly ledger: Ledger;
  readonly duplicates: Duplicates;
  readonly live: LiveState;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly timePolicy: TimePolicy;
  /** Called with the time from `accept` to durable. */
  readonly onDurable?: (delayMs: number) => void;
}

/** A message that was judged and waits for its fsync. */
interface Judged {
  readonly outcome: Outcome;
  readonly account: Account;
  readonly entry?: SpoolEntry;
  readonly normalised?: Normalised;
  readonly quarantined?: NonNullable<SpoolItem['quarantined']>;
}

/** The way of a message: decode ▶ normalise ▶ repeat? ▶ spool ▶ live. Each one settles exactly once. */
export class Pipeline {
  readonly #parts: PipelineParts;
  readonly #receipts = new Receipts();
  #onRebirth: ((rebirth: Rebirth) => void) | undefined;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /** Resolves once the message is durable; rejects (`spool_full`, `spool_failed`) where it must not be acked. */
  accept = async (message: Message): Promise<Outcome> => {
    const { ledger, duplicates, live, memory, presence, spool } = this.#parts;
    const started = performance.now();
    ledger.receive(message.qos);
    const judged = this.#judge(message);
    const { account, entry, normalised, quarantined } = judged;
    const remembered = memory.takeChanges();
    if (entry !== undefined) duplicates.remember(entry);
    try {
      await spool.append({ entry, quarantined, account, remembered });
    } catch (error) {
      if (entry !== undefined) duplicates.forget(entry);
      memory.putBack(remembered);
      ledger.leave(`refused:${error instanceof ApertoError ? error.code : 'internal'}`);
      throw error;
    }
    ledger.leave(account);
    this.#parts.onDurable?.(performance.now() - started);
    for (const placement of normalised?.placements ?? []) {
      if (placement.live.length === 0) continue;
      presence.note(placement, message.receivedAt);
      live.update(placement.device.kind, placement.live);
    }
    return judged.outcome;
  };

  /** Calls back when a Sparkplug node has to announce itself again. */
  onRebirth(listener: (rebirth: Rebirth) => void): void {
    this.#onRebirth = listener;
  }

  /** A message that a door turned away before anybody looked into it: counted, not acknowledged. */
  refuse(reason: string, qos: 0 | 1 | 2): void {
    const { ledger, spool } = this.#parts;
    ledger.receive(qos);
    ledger.leave(`refused:${reason}`);
    spool.book(`refused:${reason}`);
  }

  /** A fault of our own must neither lose a message from the books nor make a device send it for ever. */
  #judge(message: Message): Judged {
    try {
      return this.#decide(message);
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      return quarantine(
        message,
        rejected('decoder_failed', `a fault in our own code (${name}); please report it with the payload`),
      );
    }
  }

  #decide(message: Message): Judged {
    const decoded = this.#parts.decoder.decode(message.topic, message.payload, message.receivedAt);
    if ('rebirth' in decoded && decoded.rebirth !== undefined) this.#onRebirth?.(decoded.rebirth);
    if (decoded.kind === 'unknown') {
      return { outcome: { kind: 'refused', reason: 'unknown_topic' }, account: 'refused:unknown_topic' };
    }
    // Understood, and there is no figure in it: a join, a configuration. Counted, not kept.
    if (decoded.kind === 'nothing') {
      return { outcome: { kind: 'refused', reason: 'no_figure' }, account: 'refused:no_figure' };
    }
    if (decoded.kind === 'refused') {
      const { reason } = decoded;
      return { outcome: { kind: 'refused', reason }, account: `refused:${reason}` };
    }
    if (decoded.kind === 'rejected') return quarantine(message, decoded);
    const { inventory, strangers, timePolicy, duplicates } = this.#parts;
    const receivedAt = this.#receipts.settle(message);
    const normalised = normalise(message.topic, decoded.readings, receivedAt, inventory, timePolicy);
    const { placements, unplaced, trusted } = normalised;
    for (const { reading } of unplaced) strangers.note(reading, decoded.definition, message);
    // Where a part stands, the rest is kept beside it to be looked at; the books count the message once.
    const left = unplaced[0]?.why ?? decoded.doubts?.[0];
    if (placements.length === 0)
      return quarantine(message, left ?? rejected('no_reading', 'the payload has no reading'));
    const origin = trusted ? undefined : `${message.origin} ${message.messageId ?? ''}`;
    const entry = toEntry({ origin, points: pointsOf(placements) });
    if (duplicates.has(entry, message.resent === true)) {
      return { outcome: { kind: 'duplicate' }, account: 'duplicate' };
    }
    return {
      outcome: { kind: 'accepted', points: entry.points.length },
      account: 'spooled',
      entry,
      normalised,
      ...(left === undefined ? {} : { quarantined: copyOf(message, left) }),
    };
  }
}

/** Nearly every message is of one device. */
const pointsOf = (placements: readonly Placement[]): readonly Point[] => {
  const [first, ...others] = placements;
  return others.length === 0 && first !== undefined
    ? first.points
    : placements.flatMap(({ points }) => points);
};

const quarantine = (message: Message, why: Rejected): Judged => ({
  outcome: { kind: 'quarantined', reason: why.reason },
  account: `quarantined:${why.reason}`,
  quarantined: copyOf(message, why),
});

const copyOf = ({ receivedAt, topic, payload }: Message, { reason, detail }: Rejected) => ({
  receivedAt,
  topic: redactAddresses(topic.slice(0, limits.topicBytesMax)),
  reason,
  detail: redactAddresses(detail),
  payload: redact(payload),
});
