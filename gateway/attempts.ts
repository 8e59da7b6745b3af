import { isIPv6 } from 'node:net';
import type { Clock } from '../model/clock.ts';

/** So many at once, and one more in this time. */
export interface Allowance {
  readonly burst: number;
  readonly refillMs: number;
}

interface Bucket {
  left: number;
  at: number;
}

const bucketsMax = 10_000;

/**
 * Counts what somebody did wrong, by key, and says when it was too often. The keys that were quiet for longest are
 * forgotten first.
 */
export class FailedAttempts {
  readonly #allowance: Allowance;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(allowance: Allowance, clock: Clock) {
    this.#allowance = allowance;
    this.#clock = clock;
  }

  /** Whether another attempt may be made. */
  mayTry(key: string): boolean {
    const bucket = this.#buckets.get(key);
    return bucket === undefined || this.#leftOf(bucket) >= 1;
  }

  fail(key: string): void {
    const bucket = this.#buckets.get(key);
    const left = bucket === undefined ? this.#allowance.burst : this.#leftOf(bucket);
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: Math.max(0, left - 1), at: this.#clock.now() });
    if (this.#buckets.size <= bucketsMax) return;
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }

  #leftOf({ left, at }: Bucket): number {
    const { burst, refillMs } = this.#allowance;
    // A clock that was set back gives nothing and takes nothing.
    return Math.min(burst, left + Math.max(0, this.#clock.now() - at) / refillMs);
  }
}

/** What one party has of addresses: with IPv6 that is a /64 at least [RFC 6177 §2]. */
export const partyOf = (address: string): string => {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0');
  return `${[...groups, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
};
