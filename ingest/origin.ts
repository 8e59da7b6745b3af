import { createHmac } from 'node:crypto';

/** Names that are remembered; clients say the same one again and again. */
const namesMax = 20_000;
const lengthCharacters = 16;

/**
 * Other names for who sent a message: MQTT client ids may be personal, e.g. the name of somebody's phone, and what is
 * stored needs to tell senders apart, not to know them. Keyed, so that nobody finds the name by trying names.
 */
export class OriginNames {
  readonly #key: Uint8Array;
  readonly #names = new Map<string, string>();

  /** @param key kept beside the spool, so that a resend is known after a restart */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The same name for the same sender as long as the key is the same: 64 bits in hexadecimal. */
  of(origin: string): string {
    const known = this.#names.get(origin);
    if (known !== undefined) return known;
    const name = createHmac('sha256', this.#key).update(origin).digest('hex').slice(0, lengthCharacters);
    if (this.#names.size >= namesMax) this.#names.clear();
    this.#names.set(origin, name);
    return name;
  }
}
