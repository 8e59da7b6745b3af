import { partyOf } from './attempts.ts';
import { isLoopback } from './exposure.ts';

/**
 * Connections by the address that they come from. This machine's own programs and a proxy on it have one address for
 * all, so they count in the sum alone.
 */
export class Addresses {
  readonly #max: number;
  readonly #isExempt: (address: string) => boolean;
  readonly #open = new Map<string, number>();

  constructor(max: number, isExempt: (address: string) => boolean = isLoopback) {
    this.#max = max;
    this.#isExempt = isExempt;
  }

  /** Whether one more connection may come from there, `''` where that is not known; who may must `leave`. */
  enter(address: string): boolean {
    const party = partyOf(address);
    if (address === '' || this.#isExempt(address) || this.#isExempt(party)) return true;
    const open = this.#open.get(party) ?? 0;
    if (open >= this.#max) return false;
    this.#open.set(party, open + 1);
    return true;
  }

  leave(address: string): void {
    const party = partyOf(address);
    const open = this.#open.get(party) ?? 0;
    if (open > 1) this.#open.set(party, open - 1);
    else this.#open.delete(party);
  }
}
