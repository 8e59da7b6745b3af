/** Packet type PUBLISH, the upper half of the first byte [MQTT-2.2.1]. */
const publish = 3;
/** Bytes of a fixed header at most: the type, and four of the length [MQTT-2.2.3]. */
const headerBytesMax = 5;

/** What a piece of a stream holds. */
export interface Scanned {
  /** Bytes that were looked at. */
  readonly bytes: number;
  /** Packets that ended in it. */
  readonly completed: number;
  /** PUBLISH packets of which the header ended in it. */
  readonly publishes: number;
  /** What all packets weigh of which the header ended in it. */
  readonly weight: number;
}

/** Where packets begin and end in a stream of bytes, by their fixed headers alone: known before anything is parsed. */
export class Frames {
  readonly #weights: readonly number[];
  #type = 0;
  #headerBytes = 0;
  #length = 0;
  #missing = 0;

  /** @param weights what a packet of each of the 16 types counts */
  constructor(weights: readonly number[]) {
    this.#weights = weights;
  }

  /** Bytes that the packet whose header has passed still lacks. */
  get missing(): number {
    return this.#missing;
  }

  /** Bytes of the packet that is not complete; 0 between packets. */
  get held(): number {
    if (this.#headerBytes > 0) return this.#headerBytes;
    return this.#missing === 0 ? 0 : this.#length - this.#missing;
  }

  /** Whether a packet has begun that is not complete. */
  get isOpen(): boolean {
    return this.#headerBytes > 0 || this.#missing > 0;
  }

  /** The next piece of the stream, up to the PUBLISH that makes them so many. */
  scan(bytes: Uint8Array, publishesMax = Number.POSITIVE_INFINITY): Scanned {
    let at = 0;
    let completed = 0;
    let publishes = 0;
    let weight = 0;
    while (at < bytes.length) {
      if (publishes >= publishesMax && this.#missing === 0) break;
      if (this.#missing > 0) {
        const step = Math.min(this.#missing, bytes.length - at);
        this.#missing -= step;
        at += step;
        if (this.#missing === 0) completed++;
        continue;
      }
      if (!this.#isHeaderEnd(bytes[at++] ?? 0)) continue;
      if (this.#missing === 0) completed++;
      if (this.#type === publish) publishes++;
      weight += this.#weights[this.#type] ?? 0;
    }
    return { bytes: at, completed, publishes, weight };
  }

  /** Takes one byte of a header. A length of more than four bytes is none; the parser ends such a connection. */
  #isHeaderEnd(byte: number): boolean {
    if (this.#headerBytes === 0) {
      this.#type = byte >> 4;
      this.#length = 0;
      this.#headerBytes = 1;
      return false;
    }
    this.#length += (byte & 0x7f) * 128 ** (this.#headerBytes - 1);
    this.#headerBytes++;
    if (byte >= 0x80 && this.#headerBytes < headerBytesMax) return false;
    this.#headerBytes = 0;
    this.#missing = this.#length;
    return true;
  }
}
