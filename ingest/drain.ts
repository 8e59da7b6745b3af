import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '../model/backoff.ts';
import type { Clock } from '../model/clock.ts';
import { ApertoError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import type { Store, WriteResult } from '../store/store.ts';
import type { Ledger } from './ledger.ts';
import type { QuarantinedMessage } from './quarantine.ts';
import { decodeBatch, type StoredMessage } from './spool/entry.ts';
import type { ReadResult } from './spool/protocol.ts';
import type { Spool } from './spool/spool.ts';

export interface DrainParts {
  readonly spool: Pick<Spool, 'read' | 'settle' | 'onCommit'>;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
  /** How long to gather before a small write: a store's commit costs the same for one point as for thousands. */
  readonly gatherMs?: number;
  /** Called with each stored batch's points and the time of the write. */
  readonly onStored?: (points: readonly Point[], writeMs: number) => void;
}

/** Carries the spool to the store, oldest first, at the store's own pace, and commits what the store has taken. */
export class Drain {
  readonly #parts: DrainParts;
  readonly #stop = new AbortController();
  #wake: (() => void) | undefined;
  #waiting = true;
  #running: Promise<void> | undefined;
  #failure: ApertoError | undefined;

  constructor(parts: DrainParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#parts.spool.onCommit(() => {
      this.#waiting = true;
      this.#wake?.();
    });
    this.#running = this.#run();
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
    const { spool, gatherMs = 100 } = this.#parts;
    let cursor = 0;
    while (!this.#stop.signal.aborted) {
      this.#waiting = false;
      const read = await this.#retry(() => spool.read(cursor, limits.storeBatchPointsMax));
      if (read === undefined) return;
      this.#parts.ledger.settleSpooled({ 'quarantined:spool_corrupt': read.lostMessages });
      const last = read.batches.at(-1)?.id;
      if (last === undefined) {
        await this.#sleepUntilWoken();
        continue;
      }
      const points = await this.#carry(read, last);
      if (points === undefined) return;
      cursor = last;
      if (points < limits.storeBatchPointsMax) await this.#pause(gatherMs);
    }
  }

  /** One round: batches to points to store to books. Returns the points, or `undefined` when stopped. */
  async #carry(read: ReadResult, upTo: number): Promise<number | undefined> {
    const { spool, store, ledger, clock, onStored } = this.#parts;
    const messages = read.batches.flatMap((batch) => decodeBatch(batch.body));
    const points = messages.flatMap((message) => message.points);
    const started = performance.now();
    const result =
      points.length === 0 ? { stored: 0, rejected: [] } : await this.#retry(() => store.write(points));
    if (result === undefined) return undefined;
    onStored?.(points, performance.now() - started);
    const quarantined = toQuarantine(messages, result, store.name, clock.now());
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

  /** Tries until it works, waiting as told or ever longer; `undefined` when stopped meanwhile. */
  async #retry<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    for (let attempt = 1; !this.#stop.signal.aborted; attempt++) {
      try {
        const value = await work();
        this.#failure = undefined;
        return value;
      } catch (error) {
        const failure =
          error instanceof ApertoError ? error : new ApertoError('internal', String(error), { cause: error });
        const waitMs = failure.retryAfterMs ?? backoffMs(attempt, { firstMs: 200, maxMs: 30_000 });
        this.#failure = failure;
        this.#parts.log.warn({ code: failure.code, attempt, waitMs: Math.round(waitMs) }, failure.message);
        await this.#pause(waitMs);
      }
    }
    return undefined;
  }

  #sleepUntilWoken(): Promise<void> {
    if (this.#waiting || this.#stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stop.signal }).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) throw error;
    });
  }
}

/** The messages of which the store refused a point for ever. */
const toQuarantine = (
  messages: readonly StoredMessage[],
  { rejected }: WriteResult,
  store: string,
  receivedAt: number,
): Omit<QuarantinedMessage, 'id'>[] => {
  if (rejected.length === 0) return [];
  const reasons = new Map(rejected.map(({ index, reason }) => [index, reason]));
  let index = 0;
  return messages.flatMap(({ points, messages: counted }) => {
    const reason = points.map((_, offset) => reasons.get(index + offset)).find((text) => text !== undefined);
    index += points.length;
    if (reason === undefined || counted === 0) return [];
    const detail = `${store} will not take it: ${reason}`;
    return [
      {
        receivedAt,
        topic: `store/${store}`,
        reason: 'store_rejected',
        detail,
        payload: JSON.stringify(points),
      },
    ];
  });
};
