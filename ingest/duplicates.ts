import type { SpoolEntry } from './spool/entry.ts';

/**
 * The latest accepted messages, so that a repeat is known and counted once.
 *
 * A message with a believed device time is its points: the same points again are a repeat. Without one the same
 * words a minute later are news, so only a resend (MQTT DUP) of the same packet id by the same client is a
 * repeat. Beyond the window a repeat changes nothing either, because the store is idempotent; it is then counted
 * as stored. The window survives a restart: it is read back from the tail that the spool keeps.
 */
export class Duplicates {
  /** Where in the ring each key is. */
  readonly #slots = new Map<string, number>();
  /** The keys in the order of arrival: the one that is overwritten leaves the window. */
  readonly #ring: (string | undefined)[];
  #next = 0;

  constructor(messagesMax: number) {
    this.#ring = new Array(messagesMax);
  }

  /** True when the window holds the message already. */
  has(entry: SpoolEntry, resent: boolean): boolean {
    if (entry.origin !== undefined && !resent) return false;
    return this.#slots.has(keyOf(entry));
  }

  remember(entry: SpoolEntry): void {
    const key = keyOf(entry);
    this.#remove(key);
    const oldest = this.#ring[this.#next];
    if (oldest !== undefined) this.#slots.delete(oldest);
    this.#ring[this.#next] = key;
    this.#slots.set(key, this.#next);
    this.#next = (this.#next + 1) % this.#ring.length;
  }

  /** The message did not become durable after all. */
  forget(entry: SpoolEntry): void {
    this.#remove(keyOf(entry));
  }

  get size(): number {
    return this.#slots.size;
  }

  #remove(key: string): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#ring[slot] = undefined;
    this.#slots.delete(key);
  }
}

const keyOf = (entry: SpoolEntry): string =>
  entry.origin === undefined
    ? entry.text
    : `${entry.origin} ${JSON.stringify(entry.points.map(({ measurement, tags, fields }) => [measurement, tags, fields]))}`;
