/** Fixed header, remaining length 2, packet id; no reason code means success [MQTT5 §3.4.2.1]. */
const pubackBytes = 4;

interface Place {
  readonly messageId: number;
  settled: boolean;
}

/**
 * The messages of one connection that are not acknowledged. Acknowledgements go out in the order in which the messages
 * came [MQTT-4.6.0-2], and all that became due together go out in one write.
 */
export class AckWindow {
  readonly #write: (packets: Buffer) => void;
  #places: Place[] = [];
  #isDue = false;

  constructor(write: (packets: Buffer) => void) {
    this.#write = write;
  }

  /** Messages without an acknowledgement. */
  get size(): number {
    return this.#places.length;
  }

  /** Takes the next place in the order; the function that it returns says that the message is durable. */
  take(messageId: number): () => void {
    const place: Place = { messageId, settled: false };
    this.#places.push(place);
    return () => {
      place.settled = true;
      if (this.#isDue) return;
      this.#isDue = true;
      // After the promises that the same commit resolves.
      process.nextTick(() => this.#flush());
    };
  }

  /** The connection is over: nothing of it may be acknowledged on another one. */
  drop(): void {
    this.#places = [];
  }

  #flush(): void {
    this.#isDue = false;
    const open = this.#places.findIndex(({ settled }) => !settled);
    const due = this.#places.splice(0, open < 0 ? this.#places.length : open);
    if (due.length === 0) return;
    const packets = Buffer.allocUnsafe(due.length * pubackBytes);
    for (const [index, { messageId }] of due.entries()) {
      packets.writeUInt16BE(0x4002, index * pubackBytes);
      packets.writeUInt16BE(messageId, index * pubackBytes + 2);
    }
    this.#write(packets);
  }
}
