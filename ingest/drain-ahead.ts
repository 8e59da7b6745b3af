import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import type { Store } from '../store/store.ts';
import { pointsOf } from './delivery.ts';
import { decodeBody } from './spool/body.ts';
import type { SpoolReader } from './spool/reader.ts';

export interface AheadParts {
  readonly spool: Pick<SpoolReader, 'readNewest'>;
  readonly store: Store;
  readonly onStored?: (points: readonly Point[], writeMs: number) => void;
  /** Where what waits will take the store longer than this, there is a backlog. */
  readonly behindMs?: number;
}

/** One write of the drain, in its turn. */
export interface Round {
  /** The last batch of it. */
  readonly upTo: number;
  readonly points: number;
  readonly tookMs: number;
  /** Points that wait after it. */
  readonly waitingPoints: number;
}

const behindMsByDefault = 5_000;
/** In a backlog, so many writes in their turn for one of the newest. */
const turnsForOne = 5;

/**
 * While there is a backlog, writes the newest points before their turn, so that who looks at the store sees what is
 * now. Nothing is settled by it: they come again in their turn, in order, so that the books and the last word on a
 * point are what they would be without it.
 */
export class Ahead {
  readonly #parts: AheadParts;
  #turns = 0;
  /** The last batch that was written before its turn. */
  #last = 0;

  constructor(parts: AheadParts) {
    this.#parts = parts;
  }

  /** To be called after each write in its turn. */
  async follow(round: Round): Promise<void> {
    if (!this.#isBehind(round)) this.#turns = 0;
    else if (this.#turns++ % turnsForOne === 0) await this.#writeNewest(round.upTo);
  }

  /** By the pace of this one write: an engine that was away makes it a slow one. */
  #isBehind({ points, tookMs, waitingPoints }: Round): boolean {
    const { behindMs = behindMsByDefault } = this.#parts;
    if (waitingPoints <= limits.storeBatchPointsMax) return false;
    return (waitingPoints / Math.max(1, points)) * tookMs > behindMs;
  }

  async #writeNewest(after: number): Promise<void> {
    const { spool, store, onStored } = this.#parts;
    try {
      const batches = await spool.readNewest(Math.max(after, this.#last), limits.storeBatchPointsMax);
      const last = batches.at(-1)?.id;
      if (last === undefined) return;
      const points = pointsOf(batches.flatMap(({ body }) => decodeBody(body)));
      const started = performance.now();
      await store.write(points);
      onStored?.(points, performance.now() - started);
      this.#last = last;
    } catch {
      // Its turn tells why, and decides; until then not again.
      this.#turns = 1;
    }
  }
}
