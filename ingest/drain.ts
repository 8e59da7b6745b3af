import { setTimeout } from 'node:timers/promises';
import { backoffMs } from '../model/backoff.ts';
import type { Clock } from '../model/clock.ts';
import { ApertoError, messageOf } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import type { Store } from '../store/store.ts';
import { deliver, pointsOf, type Refusal, type Retry, toQuarantined } from './delivery.ts';
import { Ahead, type AheadParts } from './drain-ahead.ts';
import type { Ledger } from './ledger.ts';
import { decodeBody } from './spool/body.ts';
import type { ReadResult } from './spool/protocol.ts';
import type { SpoolReader } from './spool/reader.ts';

export interface DrainParts extends AheadParts {
  readonly spool: Pick<SpoolReader, 'read' | 'readNewest' | 'settle' | 'onCommit'>;
  readonly store: Store;
  readonly ledger: Pick<Ledger, 'settleSpooled'>;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
  /** How long to gather before a small write: a store's commit costs the same for one point as for thousands. */
  readonly gatherMs?: number;
  /** How to wait; rejects when the signal aborts. */
  readonly delay?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called with each stored batch's points and the time of the write. */
  readonly onStored?: (points: readonly Point[], writeMs: number) => void;
}

const backoff = { firstMs: 200, maxMs: 30_000 };
/** A server may ask for patience, but not for days of it. */
const retryAfterMaxMs = 10 * 60_000;

/**
 * Carries the spool to the store, oldest first, at the store's own pace, and commits what the store has taken. In a
 * backlog the newest also goes before its turn.
 */
export class Drain {
  readonly #parts: DrainParts;
  readonly #ahead: Ahead;
  readonly #stop = new AbortController();
  #wake: (() => void) | undefined;
  #waiting = true;
  #running: Promise<void> | undefined;
  #failure: ApertoError | undefined;

  constructor(parts: DrainParts) {
    this.#parts = parts;
    this.#ahead = new Ahead(parts);
  }

  start(): void {
    this.#parts.spool.onCommit(() => {
      this.#waiting = true;
      this.#wake?.();
    });
    // A fault of our own stops the drain, not the gateway: what is acked stays in the spool, and health tells.
    this.#running = this.#run().catch((error: unknown) => {
      this.#failure = new ApertoError('internal', `the drain has stopped: ${messageOf(error)}; restart`);
      this.#parts.log.warn({ code: 'internal' }, this.#failure.message);
    });
  }

  /** Why the store does not take what is written now; absent while it does. */
  get failure(): ApertoError | undefined {
    return this.#failure;
  }

  /** Ends after the write that is under way; what is left stays in the spool for the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { spool, ledger, gatherMs = 100 } = this.#parts;
    let cursor = 0;
    while (!this.#stop.signal.aborted) {
      this.#waiting = false;
      const read = await this.#retry(() => spool.read(cursor, limits.storeBatchPointsMax));
      if (read === undefined) return;
      ledger.settleSpooled({ 'quarantined:spool_corrupt': read.lostMessages });
      const last = read.batches.at(-1)?.id;
      if (last === undefined) {
        await this.#sleepUntilWoken();
        continue;
      }
      const began = performance.now();
      const points = await this.#carry(read, last);
      if (points === undefined) return;
      cursor = last;
      const waitingPoints = read.waitingPoints - points;
      await this.#ahead.follow({ upTo: last, points, tookMs: performance.now() - began, waitingPoints });
      // A read ends before the batch that would be too much: only what waits behind it tells whether to gather.
      if (waitingPoints <= 0) await this.#pause(gatherMs);
    }
  }

  /** One round: batches to points to store to books. Returns the points, or `undefined` when stopped. */
  async #carry(read: ReadResult, upTo: number): Promise<number | undefined> {
    const { spool, store, ledger, clock, onStored } = this.#parts;
    const messages = read.batches.flatMap((batch) => decodeBody(batch.body));
    const started = performance.now();
    const refused = await deliver(store, messages, this.#retry);
    if (refused === undefined) return undefined;
    const points = pointsOf(messages);
    onStored?.(points, performance.now() - started);
    this.#tellOf(refused);
    const quarantined = refused
      .filter(({ message }) => message.messages !== 0)
      .map((refusal) => toQuarantined(refusal, store.name, clock.now()));
    const counted = messages.reduce((sum, message) => sum + (message.messages ?? 1), 0);
    const accounts = {
      stored: counted - quarantined.length,
      'quarantined:store_rejected': quarantined.length,
    };
    const settled = await this.#retry(async () => {
      await spool.settle({ upTo, quarantined, accounts });
      return true;
    });
    if (settled === undefined) return undefined;
    ledger.settleSpooled(accounts);
    return points.length;
  }

  #tellOf(refused: readonly Refusal[]): void {
    const [first] = refused;
    if (first === undefined) return;
    const { store, log } = this.#parts;
    log.warn({ store: store.name, messages: refused.length }, `the store will not take: ${first.reason}`);
  }

  /**
   * Tries until it works, waiting as told or ever longer; `undefined` when stopped meanwhile. The first try is made
   * in any case, so that what was written is also settled.
   */
  readonly #retry: Retry = async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const value = await work();
        this.#failure = undefined;
        return value;
      } catch (error) {
        const failure =
          error instanceof ApertoError ? error : new ApertoError('internal', String(error), { cause: error });
        const waitMs = Math.min(failure.retryAfterMs ?? backoffMs(attempt, backoff), retryAfterMaxMs);
        this.#failure = failure;
        this.#parts.log.warn({ code: failure.code, attempt, waitMs: Math.round(waitMs) }, failure.message);
        await this.#pause(waitMs);
      }
      if (this.#stop.signal.aborted) return undefined;
    }
  };

  #sleepUntilWoken(): Promise<void> {
    if (this.#waiting || this.#stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    const { delay = wait } = this.#parts;
    await delay(ms, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

const wait = (ms: number, signal: AbortSignal): Promise<void> => setTimeout(ms, undefined, { signal });
