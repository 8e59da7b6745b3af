import type { Clock } from '../model/clock.ts';
import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import { type Rebirth, type Rejected, rejected } from './decode/decoded.ts';
import type { Decoder } from './decode/decoder.ts';
import type { Batch, Duplicates } from './duplicates.ts';
import type { Inventory } from './inventory.ts';
import type { KeptMemory } from './kept-memory.ts';
import type { Account } from './ledger.ts';
import type { LiveState } from './live.ts';
import type { Message, Outcome } from './message.ts';
import { type Normalised, normalise, type Placement } from './normalise/normalise.ts';
import type { TimePolicy } from './normalise/time.ts';
import type { OriginNames } from './origin.ts';
import type { Presence } from './presence.ts';
import type { QuarantinedMessage } from './quarantine.ts';
import { Receipts } from './receipts.ts';
import { redact, redactAddresses } from './redact.ts';
import { encodeBody, type StoredMessage } from './spool/body.ts';
import type { Spool } from './spool/spool.ts';
import type { Strangers } from './strangers.ts';

export interface PipelineParts {
  readonly origins: OriginNames;
  readonly decoder: Decoder;
  /** The decoder's memory. */
  readonly memory: KeptMemory;
  readonly inventory: Inventory;
  readonly strangers: Strangers;
  readonly spool: Pick<Spool, 'append'>;
  readonly duplicates: Duplicates;
  readonly live: LiveState;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly timePolicy: TimePolicy;
}

/** What became of messages that are durable now. */
export interface Settled {
  /** One for each message, in order. */
  readonly outcomes: readonly Outcome[];
  /** How many went to each account of the books. */
  readonly accounts: ReadonlyMap<Account, number>;
}

/** A message that was judged. */
interface Judged {
  readonly outcome: Outcome;
  readonly account: Account;
  readonly message?: StoredMessage;
  readonly normalised?: Normalised;
  readonly quarantined?: Omit<QuarantinedMessage, 'id'>;
}

/** Messages that wait for their fsync together. */
class Waiting {
  readonly outcomes: Outcome[] = [];
  readonly accounts = new Map<Account, number>();
  readonly messages: StoredMessage[] = [];
  readonly quarantined: Omit<QuarantinedMessage, 'id'>[] = [];
  readonly news: { readonly placements: readonly Placement[]; readonly receivedAt: number }[] = [];
  points = 0;
  /** Their place in the window of repeats. */
  batch: Batch | undefined;

  add({ outcome, account, message, normalised, quarantined }: Judged, receivedAt: number): void {
    this.outcomes.push(outcome);
    this.accounts.set(account, (this.accounts.get(account) ?? 0) + 1);
    if (quarantined !== undefined) this.quarantined.push(quarantined);
    if (message === undefined) return;
    this.messages.push(message);
    this.points += message.points.length;
    if (normalised !== undefined) this.news.push({ placements: normalised.placements, receivedAt });
  }
}

/** The way of messages: decode ▶ normalise ▶ repeat? ▶ spool ▶ live. Each one settles exactly once. */
export class Pipeline {
  readonly #parts: PipelineParts;
  readonly #receipts = new Receipts();
  #onRebirth: ((rebirth: Rebirth) => void) | undefined;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /**
   * Resolves once the messages are durable, all together; rejects (`spool_full`, `spool_failed`) where none may be
   * acked.
   */
  async accept(messages: readonly Message[]): Promise<Settled> {
    const { duplicates, live, memory, presence, spool } = this.#parts;
    const waiting = new Waiting();
    for (const message of messages) {
      const judged = this.#judge(message);
      waiting.add(judged, message.receivedAt);
      if (judged.message === undefined) continue;
      waiting.batch ??= duplicates.begin();
      duplicates.add(waiting.batch, judged.message);
    }
    const remembered = memory.takeChanges();
    const { accounts, quarantined, news, outcomes } = waiting;
    try {
      await spool.append({ ...this.#seal(waiting), quarantined, accounts, remembered });
    } catch (error) {
      if (waiting.batch !== undefined) duplicates.forget(waiting.batch);
      memory.putBack(remembered);
      throw error;
    }
    for (const { placements, receivedAt } of news) {
      for (const placement of placements) {
        if (placement.live.length === 0) continue;
        presence.note(placement, receivedAt);
        live.update(placement.device.kind, placement.live, receivedAt);
      }
    }
    return { outcomes, accounts };
  }

  /** Calls back when a Sparkplug node has to announce itself again. */
  onRebirth(listener: (rebirth: Rebirth) => void): void {
    this.#onRebirth = listener;
  }

  #seal({ messages, points, batch }: Waiting) {
    if (batch === undefined) return {};
    const body = encodeBody(messages);
    this.#parts.duplicates.seal(batch, body);
    return { batch: { body, messages: messages.length, points } };
  }

  /** A fault of our own must neither lose a message from the books nor make a device send it for ever. */
  #judge(message: Message): Judged {
    try {
      return this.#decide(message);
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      return this.#quarantine(
        message,
        rejected('decoder_failed', `a fault in our own code (${name}); please report it with the payload`),
      );
    }
  }

  #decide(message: Message): Judged {
    const decoded = this.#parts.decoder.decode(message.topic, message.payload, message.receivedAt);
    if ('rebirth' in decoded && decoded.rebirth !== undefined) this.#onRebirth?.(decoded.rebirth);
    if (decoded.kind === 'unknown') return unknownTopic;
    // Understood, and there is no figure in it: a join, a configuration. Counted, not kept.
    if (decoded.kind === 'nothing') return noFigure;
    if (decoded.kind === 'refused') return refused(decoded.reason);
    if (decoded.kind === 'rejected') return this.#quarantine(message, decoded);
    const { inventory, strangers, timePolicy, duplicates, origins } = this.#parts;
    const receivedAt = this.#receipts.settle(message);
    const normalised = normalise(message.topic, decoded.readings, receivedAt, inventory, timePolicy);
    const { placements, unplaced, trusted } = normalised;
    // What a broker kept and hands out again says nothing about now, unless it says when it was.
    if (message.retained === true && !trusted) return retained;
    for (const { reading, why } of unplaced) {
      // The device is placed: it has said more than anybody can keep.
      if (why.reason !== 'too_many_series') strangers.note(reading, decoded.definition, message);
    }
    // Where a part stands, the rest is kept beside it to be looked at; the books count the message once.
    const left = unplaced[0]?.why ?? decoded.doubts?.[0];
    if (placements.length === 0)
      return this.#quarantine(message, left ?? rejected('no_reading', 'the payload has no reading'));
    const points = pointsOf(placements);
    const stored = trusted
      ? { points }
      : { origin: `${origins.of(message.origin)} ${message.messageId ?? ''}`, points };
    if (duplicates.has(stored, message.resent === true)) return duplicate;
    const outcome = acceptedOf(points.length);
    if (left === undefined) return { outcome, account: 'spooled', message: stored, normalised };
    const quarantined = this.#copyOf(message, left);
    return { outcome, account: 'spooled', message: stored, normalised, quarantined };
  }

  #quarantine(message: Message, why: Rejected): Judged {
    return {
      outcome: { kind: 'quarantined', reason: why.reason },
      account: `quarantined:${why.reason}`,
      quarantined: this.#copyOf(message, why),
    };
  }

  #copyOf({ receivedAt, topic, payload, origin }: Message, { reason, detail }: Rejected) {
    return {
      receivedAt,
      topic: redactAddresses(topic.slice(0, limits.topicBytesMax)),
      reason,
      detail: redactAddresses(detail),
      payload: redact(payload),
      sender: this.#parts.origins.of(origin),
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

const accepted: Outcome[] = [];
/** The same object for the same number of points. */
const acceptedOf = (points: number): Outcome => {
  const known = accepted[points];
  if (known !== undefined) return known;
  const outcome: Outcome = { kind: 'accepted', points };
  accepted[points] = outcome;
  return outcome;
};

const duplicate: Judged = { outcome: { kind: 'duplicate' }, account: 'duplicate' };

const refused = (reason: string): Judged => ({
  outcome: { kind: 'refused', reason },
  account: `refused:${reason}`,
});
const unknownTopic = refused('unknown_topic');
const noFigure = refused('no_figure');
const retained = refused('retained');
