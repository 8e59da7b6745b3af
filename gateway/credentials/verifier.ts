import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isSecretOf, parseHash } from './scrypt.ts';

/** A check takes one of the four threads that files and queries share. */
const checksMax = 2;
/** What these take is some ten seconds, as long as devices wait for an answer. */
const waitingMax = 4_000;

export type Verdict = 'right' | 'wrong' | 'busy';

interface Known {
  readonly hash: string;
  readonly digest: Buffer;
}

interface Waiting {
  readonly settle: (turn: boolean) => void;
  readonly isGone: () => boolean;
}

/**
 * Checks secrets against their scrypt hashes, a few at one time, off the main thread. Of a secret that was right it
 * keeps a digest under a key of this run alone, so that 10,000 devices that come back do not cost 10,000 scrypts.
 */
export class SecretVerifier {
  readonly #key = randomBytes(32);
  /** By name. */
  readonly #known = new Map<string, Known>();
  readonly #waiting: Waiting[] = [];
  #running = 0;
  /** Scrypts that were run. */
  checks = 0;

  /** What is known of a secret without a scrypt; `undefined` where one is needed. */
  recall(name: string, hash: string, secret: string): boolean | undefined {
    const known = this.#known.get(name);
    return known?.hash === hash ? timingSafeEqual(known.digest, this.#digest(secret)) : undefined;
  }

  /** @param isGone asked when its turn comes: for whom nobody waits nothing is computed */
  async verify(name: string, hash: string, secret: string, isGone: () => boolean): Promise<Verdict> {
    const parsed = parseHash(hash);
    if (parsed === undefined) return 'wrong';
    if (!(await this.#turn(isGone))) return 'busy';
    try {
      // Another connection of the same user may have been checked meanwhile.
      if (this.recall(name, hash, secret) === true) return 'right';
      this.checks++;
      if (!(await isSecretOf(parsed, secret))) return 'wrong';
      this.#known.set(name, { hash, digest: this.#digest(secret) });
      return 'right';
    } finally {
      this.#running--;
      this.#next();
    }
  }

  forget(name: string): void {
    this.#known.delete(name);
  }

  #turn(isGone: () => boolean): Promise<boolean> {
    if (this.#running < checksMax) {
      this.#running++;
      return Promise.resolve(true);
    }
    if (this.#waiting.length >= waitingMax) return Promise.resolve(false);
    return new Promise((settle) => this.#waiting.push({ settle, isGone }));
  }

  #next(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const turn = !next.isGone();
      if (turn) this.#running++;
      next.settle(turn);
      if (turn) return;
    }
  }

  #digest(secret: string): Buffer {
    return createHmac('sha256', this.#key).update(secret).digest();
  }
}
