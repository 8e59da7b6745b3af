import { decodeBody, type StoredMessage } from './spool/body.ts';

/** A client that was cut off sends again when it is back; later the same packet id is another message. */
const resendMaxMs = 10 * 60_000;

/** Messages that become durable together; they are in the window from the moment that they were judged. */
export interface Batch {
  /** On the clock of the window. */
  readonly beganMs: number;
  /** Until they are sealed. */
  open: StoredMessage[];
  /** After that, as they are in the spool. */
  body?: string;
  count: number;
  /** Keys of those that are in the index, in order. */
  readonly keys: string[];
}

/**
 * The latest accepted messages, so that a repeat is known and counted once.
 *
 * A message with a believed device time is its points: the same points again are a repeat. Without one the same
 * words a minute later are news, so only a resend (MQTT DUP) of the same packet id by the same client is a
 * repeat, and only for some minutes: packet ids come round again. Beyond the window a repeat changes nothing either,
 * because the store is idempotent; it is then counted as stored. The window survives a restart: it is read back from
 * the tail that the spool keeps.
 *
 * Nearly every message is newer than all before it of its device, and cannot be a repeat. So the window is kept as the
 * spool's own bodies, and is read only when one comes that is not.
 */
export class Duplicates {
  readonly #messagesMax: number;
  readonly #nowMs: () => number;
  /** Oldest first. */
  readonly #batches: Batch[] = [];
  #size = 0;
  /** How many of the batches, from the oldest on, are in the index and will not change. */
  #read = 0;
  readonly #index = new Map<string, Batch>();
  readonly #newest = new Newest();

  /**
   * @param messagesMax the window; it goes by whole batches and may hold up to one batch more
   * @param nowMs a clock that nobody sets: ours may jump. What comes from the spool is as old as the window.
   */
  constructor(messagesMax: number, nowMs: () => number = () => performance.now()) {
    this.#messagesMax = messagesMax;
    this.#nowMs = nowMs;
  }

  /** True when the window holds the message already. */
  has(message: StoredMessage, resent: boolean): boolean {
    if (message.origin === undefined ? this.#newest.isNewer(message) : !resent) return false;
    this.#readWindow();
    const known = this.#index.get(keyOf(message));
    if (known === undefined || message.origin === undefined) return known !== undefined;
    return this.#nowMs() - known.beganMs <= resendMaxMs;
  }

  /** Opens a batch at the end of the window. */
  begin(): Batch {
    const batch: Batch = { beganMs: this.#nowMs(), open: [], count: 0, keys: [] };
    this.#batches.push(batch);
    return batch;
  }

  add(batch: Batch, message: StoredMessage): void {
    batch.open.push(message);
    batch.count++;
    this.#size++;
    this.#newest.advance(message);
  }

  /** No more will come. @param body the batch's messages as they are in the spool */
  seal(batch: Batch, body: string): void {
    batch.body = body;
    batch.open = [];
    for (let oldest = this.#batches[0]; oldest !== undefined; oldest = this.#batches[0]) {
      if (this.#size - oldest.count < this.#messagesMax) break;
      this.forget(oldest);
    }
  }

  /** The batch did not become durable after all, or has left the window. */
  forget(batch: Batch): void {
    const place = this.#batches.indexOf(batch);
    if (place < 0) return;
    this.#batches.splice(place, 1);
    if (place < this.#read) this.#read--;
    this.#size -= batch.count;
    for (const key of batch.keys) if (this.#index.get(key) === batch) this.#index.delete(key);
  }

  /** Takes a batch that the spool kept. Returns its messages, without those of our own. */
  restore(body: string): readonly StoredMessage[] {
    const batch = this.begin();
    const messages = messagesOf(body);
    for (const message of messages) this.add(batch, message);
    this.seal(batch, body);
    return messages;
  }

  get size(): number {
    return this.#size;
  }

  /** Notes the keys that nobody asked for until now. */
  #readWindow(): void {
    let settled = true;
    for (const batch of this.#batches.slice(this.#read)) {
      this.#note(batch);
      settled &&= batch.body !== undefined;
      if (settled) this.#read++;
    }
  }

  #note(batch: Batch): void {
    if (batch.keys.length === batch.count) return;
    const messages = batch.body === undefined ? batch.open : messagesOf(batch.body);
    for (const message of messages.slice(batch.keys.length)) {
      const key = keyOf(message);
      batch.keys.push(key);
      this.#index.set(key, batch);
    }
  }
}

/** The newest time of each device: what is newer cannot be a repeat, and need not be looked for. */
class Newest {
  readonly #sites = new Map<string, Map<string, number>>();

  isNewer({ points }: StoredMessage): boolean {
    const [point] = points;
    if (point === undefined) return false;
    const { site = '', device = '' } = point.tags;
    return point.time > (this.#sites.get(site)?.get(device) ?? Number.NEGATIVE_INFINITY);
  }

  advance(message: StoredMessage): void {
    const [point] = message.points;
    if (point === undefined || message.origin !== undefined || !this.isNewer(message)) return;
    const { site = '', device = '' } = point.tags;
    const devices = this.#sites.get(site) ?? new Map<string, number>();
    this.#sites.set(site, devices);
    devices.set(device, point.time);
  }
}

const messagesOf = (body: string): StoredMessage[] =>
  decodeBody(body).filter(({ messages }) => messages !== 0);

/** What a message is known by: with an origin its times are ours, and the next one has others. */
const keyOf = ({ origin, points }: StoredMessage): string =>
  JSON.stringify(
    origin === undefined
      ? points.map(({ measurement, tags, fields, time }) => [measurement, tags, fields, time])
      : [origin, points.map(({ measurement, tags, fields }) => [measurement, tags, fields])],
  );
