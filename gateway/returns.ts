import type { Duplex } from 'node:stream';
import { TokenBucket } from './token-bucket.ts';

/** How often one client id may connect: so many at once, and after that one in so many ms. */
export interface ReturnRules {
  readonly burst: number;
  readonly everyMs: number;
}

/** Client ids that are remembered; the one that has not connected for the longest time goes first. */
const idsMax = 20_000;
/** Whatever it did before. */
const heldMsMax = 10_000;

interface Waiting {
  readonly connection: Duplex;
  readonly timer: NodeJS.Timeout;
}

/**
 * How often clients come back. Two devices with one id take the session from each other for ever, and one that is
 * turned away for what it sends comes at once to send it again: the next CONNECT of such an id waits.
 */
export class Returns {
  readonly #rules: ReturnRules;
  /** The one that connected latest last. */
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #waiting = new Map<string, Waiting>();

  constructor(rules: ReturnRules) {
    this.#rules = rules;
  }

  /**
   * Goes on once this id may connect, at once as a rule. Of those that wait for one id the latest stays: it would
   * have taken the others' place anyway.
   * @returns how long it has to wait, in ms
   */
  hold(id: string, connection: Duplex, goOn: () => void): number {
    const heldMs = Math.min(heldMsMax, this.#buckets.get(id)?.waitMs(performance.now()) ?? 0);
    if (heldMs === 0) {
      goOn();
      return 0;
    }
    this.#waiting.get(id)?.connection.destroy();
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      goOn();
    }, heldMs);
    this.#waiting.set(id, { connection, timer });
    connection.once('close', () => {
      clearTimeout(timer);
      if (this.#waiting.get(id)?.connection === connection) this.#waiting.delete(id);
    });
    return heldMs;
  }

  /**
   * A client of this id is connected. Only that counts: who does not know its password cannot keep it out.
   * @param now ms of a clock that never goes back
   */
  note(id: string, now: number): void {
    const { burst, everyMs } = this.#rules;
    const bucket = this.#buckets.get(id) ?? new TokenBucket(1_000 / everyMs, burst, now);
    bucket.take(1, now);
    this.#buckets.delete(id);
    this.#buckets.set(id, bucket);
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= idsMax) return;
      this.#buckets.delete(oldest);
    }
  }
}
