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
  readonly #keys = new Set<string>();
  readonly #messagesMax: number;

  constructor(messagesMax: number) {
    this.#messagesMax = messagesMax;
  }

  /** True when the window holds the message already. */
  has(entry: SpoolEntry, resent: boolean): boolean {
    if (entry.origin !== undefined && !resent) return false;
    return this.#keys.has(keyOf(entry));
  }

  remember(entry: SpoolEntry): void {
    const key = keyOf(entry);
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size <= this.#messagesMax) return;
    for (const oldest of this.#keys) {
      this.#keys.delete(oldest);
      return;
    }
  }

  /** The message did not become durable after all. */
  forget(entry: SpoolEntry): void {
    this.#keys.delete(keyOf(entry));
  }

  get size(): number {
    return this.#keys.size;
  }
}

const keyOf = (entry: SpoolEntry): string =>
  entry.origin === undefined
    ? entry.text
    : `${entry.origin} ${JSON.stringify(entry.points.map(({ measurement, tags, fields }) => [measurement, tags, fields]))}`;
