import type { SpoolEntry } from './spool/entry.ts';

/** A client that was cut off sends again when it is back; later the same packet id is another message. */
const resendMaxMs = 10 * 60_000;

/**
 * The latest accepted messages, so that a repeat is known and counted once.
 *
 * A message with a believed device time is its points: the same points again are a repeat. Without one the same
 * words a minute later are news, so only a resend (MQTT DUP) of the same packet id by the same client is a
 * repeat, and only for some minutes: packet ids come round again. Beyond the window a repeat changes nothing either, because the store is idempotent; it is then counted
 * as stored. The window survives a restart: it is read back from the tail that the spool keeps.
 */
export class Duplicates {
  /** The keys in the order of arrival: the one that is overwritten leaves the window. */
  readonly #ring: (string | undefined)[];
  /** When each was received, for messages without a time of their own. */
  readonly #times: number[] = [];
  /** How many were remembered; the latest is at the slot before this one. */
  #count = 0;
  /** Where in the ring each key is, for those before `#indexed`: most messages are newer than all of their device. */
  readonly #slots = new Map<string, number>();
  #indexed = 0;
  readonly #newest = new Newest();
  #size = 0;

  constructor(messagesMax: number) {
    this.#ring = new Array(messagesMax);
  }

  /** True when the window holds the message already. */
  has(entry: SpoolEntry, resent: boolean): boolean {
    if (entry.origin === undefined ? this.#newest.isNewer(entry) : !resent) return false;
    this.#index();
    const slot = this.#slots.get(keyOf(entry));
    if (slot === undefined || entry.origin === undefined) return slot !== undefined;
    return timeOf(entry) - (this.#times[slot] ?? 0) <= resendMaxMs;
  }

  remember(entry: SpoolEntry): void {
    const key = keyOf(entry);
    if (entry.origin !== undefined || !this.#newest.advance(entry)) this.#remove(key);
    const slot = this.#count % this.#ring.length;
    const oldest = this.#ring[slot];
    if (oldest !== undefined) {
      this.#size--;
      if (this.#slots.get(oldest) === slot) this.#slots.delete(oldest);
    }
    this.#ring[slot] = key;
    this.#times[slot] = timeOf(entry);
    this.#size++;
    this.#count++;
  }

  /** The message did not become durable after all. */
  forget(entry: SpoolEntry): void {
    this.#remove(keyOf(entry));
  }

  get size(): number {
    return this.#size;
  }

  /** Notes where the keys are that nobody asked for until now. */
  #index(): void {
    const first = Math.max(this.#indexed, this.#count - this.#ring.length);
    for (let number = first; number < this.#count; number++) {
      const slot = number % this.#ring.length;
      const key = this.#ring[slot];
      if (key !== undefined) this.#slots.set(key, slot);
    }
    this.#indexed = this.#count;
  }

  #remove(key: string): void {
    this.#index();
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#ring[slot] = undefined;
    this.#slots.delete(key);
    this.#size--;
  }
}

/** The newest time of each device: what is newer cannot be a repeat, and need not be looked for. */
class Newest {
  readonly #sites = new Map<string, Map<string, number>>();

  isNewer({ points }: SpoolEntry): boolean {
    const [point] = points;
    if (point === undefined) return false;
    const { site = '', device = '' } = point.tags;
    return point.time > (this.#sites.get(site)?.get(device) ?? Number.NEGATIVE_INFINITY);
  }

  /** True when the message is newer than all before it of its device. */
  advance(entry: SpoolEntry): boolean {
    const [point] = entry.points;
    if (point === undefined || !this.isNewer(entry)) return false;
    const { site = '', device = '' } = point.tags;
    const devices = this.#sites.get(site) ?? new Map<string, number>();
    this.#sites.set(site, devices);
    devices.set(device, point.time);
    return true;
  }
}

const timeOf = ({ points }: SpoolEntry): number => points[0]?.time ?? 0;

const keyOf = (entry: SpoolEntry): string =>
  entry.origin === undefined
    ? entry.text
    : `${entry.origin} ${JSON.stringify(entry.points.map(({ measurement, tags, fields }) => [measurement, tags, fields]))}`;
