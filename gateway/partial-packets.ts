/** A connection that may be ended. */
export interface Holder {
  end(reason: string): void;
}

interface Part {
  readonly since: number;
  bytes: number;
}

/**
 * Packets that have begun and are not complete, of all connections: they are in memory, and who sends half of one
 * may do so for ever. Each may take so long, and all together have so many bytes; the one that began first goes.
 */
export class PartialPackets {
  readonly #bytesMax: number;
  readonly #timeoutMs: number;
  /** In the order in which they began. */
  readonly #parts = new Map<Holder, Part>();
  #bytes = 0;

  constructor(bytesMax: number, timeoutMs: number) {
    this.#bytesMax = bytesMax;
    this.#timeoutMs = timeoutMs;
  }

  /** @param now ms of a clock that never goes back */
  hold(holder: Holder, bytes: number, now: number): void {
    const part = this.#parts.get(holder) ?? { since: now, bytes: 0 };
    this.#parts.set(holder, part);
    this.#bytes += bytes - part.bytes;
    part.bytes = bytes;
    for (const first of this.#parts.keys()) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#end(first, 'too many packets are not complete');
    }
  }

  complete(holder: Holder): void {
    const part = this.#parts.get(holder);
    if (part === undefined) return;
    this.#bytes -= part.bytes;
    this.#parts.delete(holder);
  }

  /** Ends those that take too long. */
  sweep(now: number): void {
    for (const [holder, { since }] of this.#parts) {
      if (now - since < this.#timeoutMs) return;
      this.#end(holder, 'a packet did not arrive in time');
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  #end(holder: Holder, reason: string): void {
    this.complete(holder);
    holder.end(reason);
  }
}
