import { Readable } from 'node:stream';
import type { Limits } from './parts.ts';

/** One change, serialised once for all streams. */
export interface Frame {
  /** Of its series: a newer frame of the same series takes the place of one that still waits. */
  readonly key: string;
  readonly text: string;
  readonly sizeBytes: number;
}

/** Bytes that a stream may hold before its socket counts as not drained. */
const bufferBytesMax = 64 * 1024;

/**
 * One reader of the event stream. While its socket drains, it gets every change; once it does not, changes wait,
 * the newest of each series, up to `eventStreamBytesMax`, and then the reader is cut off: it will connect again
 * and begin with a snapshot.
 */
export class EventStream extends Readable {
  readonly #waitingBytesMax: number;
  readonly #waiting = new Map<string, Frame>();
  #waitingBytes = 0;
  #stalledAt: number | undefined;

  constructor({ eventStreamBytesMax }: Limits) {
    super({ highWaterMark: bufferBytesMax });
    this.#waitingBytesMax = eventStreamBytesMax;
  }

  /** Since when the socket does not drain; `undefined` while it does. */
  get stalledAt(): number | undefined {
    return this.#stalledAt;
  }

  /**
   * Sends frames, or keeps them until the socket drains.
   * @param block the same frames as bytes, shared by all streams
   * @returns false when too much waits
   */
  send(frames: readonly Frame[], block: Buffer, now: number): boolean {
    if (this.#stalledAt === undefined) {
      this.sendRaw(block, now);
      return true;
    }
    for (const frame of frames) this.#keep(frame);
    return this.#waitingBytes <= this.#waitingBytesMax;
  }

  /** Sends bytes that nobody misses when the socket does not drain. */
  sendRaw(block: Buffer, now: number): void {
    if (this.#stalledAt === undefined && !this.push(block)) this.#stalledAt = now;
  }

  /** Ends the stream after what is on its way; what waits for a slow reader is dropped. */
  finish(): void {
    this.push(null);
  }

  /** Node calls this when the socket has room. */
  override _read(): void {
    this.#stalledAt = undefined;
    if (this.#waiting.size === 0) return;
    const block = Buffer.from([...this.#waiting.values()].map((frame) => frame.text).join(''));
    this.#waiting.clear();
    this.#waitingBytes = 0;
    this.push(block);
  }

  /** A frame that replaces an older one goes to the end: ids keep growing. */
  #keep(frame: Frame): void {
    const older = this.#waiting.get(frame.key);
    if (older !== undefined) {
      this.#waiting.delete(frame.key);
      this.#waitingBytes -= older.sizeBytes;
    }
    this.#waiting.set(frame.key, frame);
    this.#waitingBytes += frame.sizeBytes;
  }
}
