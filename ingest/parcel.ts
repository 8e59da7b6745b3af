import type { Message } from './message.ts';

/**
 * Messages on their way to the thread that reads them: one buffer, because copying objects between threads costs more
 * than reading what is in them. Little-endian, one record a message:
 *
 *   u32 topic   u32 origin   f64 receivedAt   i32 messageId, -1 for none   u8 flags   u32 payload bytes   payload
 *
 * Topics and origins come again and again: they are numbers, and a name that is new goes along once.
 */
export interface Parcel {
  readonly records: ArrayBuffer;
  /** Names that the numbers after the last known one stand for. */
  readonly names: readonly string[];
  /** True where both sides begin to count names anew. */
  readonly renumbered: boolean;
}

const headBytes = 25;
/** Names that both sides remember; beyond that they begin anew. */
const namesMax = 40_000;
const resentFlag = 4;
const retainedFlag = 8;

/** Packs messages into parcels, for one `ParcelReader`, which must get all of them in order. */
export class ParcelWriter {
  readonly #numbers = new Map<string, number>();
  #buffer = new DataView(new ArrayBuffer(64 * 1024));
  #view = new Uint8Array(this.#buffer.buffer);
  #names: string[] = [];
  #renumbered = false;
  #bytes = 0;
  #count = 0;

  /** Messages that were added since the last parcel. */
  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    return this.#bytes;
  }

  add({ topic, origin, receivedAt, messageId = -1, qos, resent, retained, payload }: Message): void {
    const buffer = this.#withRoom(headBytes + payload.length);
    const at = this.#bytes;
    buffer.setUint32(at, this.#numberOf(topic), true);
    buffer.setUint32(at + 4, this.#numberOf(origin), true);
    buffer.setFloat64(at + 8, receivedAt, true);
    buffer.setInt32(at + 16, messageId, true);
    buffer.setUint8(
      at + 20,
      qos | (resent === true ? resentFlag : 0) | (retained === true ? retainedFlag : 0),
    );
    buffer.setUint32(at + 21, payload.length, true);
    this.#view.set(payload, at + headBytes);
    this.#bytes += headBytes + payload.length;
    this.#count++;
  }

  /** What was added since the last call. */
  take(): Parcel {
    const parcel = {
      records: this.#buffer.buffer.slice(0, this.#bytes),
      names: this.#names,
      renumbered: this.#renumbered,
    };
    this.#names = [];
    this.#bytes = 0;
    this.#count = 0;
    this.#renumbered = this.#numbers.size > namesMax;
    if (this.#renumbered) this.#numbers.clear();
    return parcel;
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    this.#names.push(name);
    return number;
  }

  #withRoom(bytes: number): DataView<ArrayBuffer> {
    const needed = this.#bytes + bytes;
    if (needed > this.#buffer.byteLength) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#buffer.byteLength));
      larger.set(this.#view.subarray(0, this.#bytes));
      this.#view = larger;
      this.#buffer = new DataView(larger.buffer);
    }
    return this.#buffer;
  }
}

/** The other side of a `ParcelWriter`. */
export class ParcelReader {
  #names: string[] = [];

  /** The messages, in order; their payloads are views of the parcel. */
  read({ records, names, renumbered }: Parcel): Message[] {
    if (renumbered) this.#names = [];
    this.#names.push(...names);
    const view = new DataView(records);
    const messages: Message[] = [];
    for (let at = 0; at < records.byteLength; ) {
      const messageId = view.getInt32(at + 16, true);
      const flags = view.getUint8(at + 20);
      const payloadBytes = view.getUint32(at + 21, true);
      const topic = this.#nameOf(view.getUint32(at, true));
      const origin = this.#nameOf(view.getUint32(at + 4, true));
      const receivedAt = view.getFloat64(at + 8, true);
      const qos = qosOf[flags & 3] ?? 0;
      const resent = (flags & resentFlag) !== 0;
      const retained = (flags & retainedFlag) !== 0;
      const payload = Buffer.from(records, at + headBytes, payloadBytes);
      const message = { topic, origin, receivedAt, qos, resent, retained, payload };
      // Written out: a copy with one key more costs half of what all else costs here.
      messages.push(
        messageId < 0 ? message : { topic, origin, receivedAt, qos, resent, retained, payload, messageId },
      );
      at += headBytes + payloadBytes;
    }
    return messages;
  }

  #nameOf(number: number): string {
    const name = this.#names[number];
    if (name === undefined) throw new Error(`a parcel names number ${number}, which it never told`);
    return name;
  }
}

const qosOf = [0, 1, 2] as const;
