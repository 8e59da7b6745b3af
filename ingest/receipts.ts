import type { Message } from './message.ts';

/** Topics whose latest receipt is remembered; beyond that all are forgotten at once. */
const topicsMax = 20_000;

/**
 * Receive times that tell messages apart. Where a device gives no time, the time of receipt is the identity of its
 * points: two messages on one topic within a millisecond would become one, so the later one is a millisecond later.
 */
export class Receipts {
  readonly #latest = new Map<string, number>();

  /** Epoch milliseconds: the time of receipt, or just after the one before it on the same topic. */
  settle({ topic, receivedAt }: Pick<Message, 'topic' | 'receivedAt'>): number {
    const before = this.#latest.get(topic);
    // A clock that was set back is believed again at once.
    const close = before !== undefined && receivedAt <= before && before - receivedAt < 1_000;
    const settled = close ? before + 1 : receivedAt;
    if (before === undefined && this.#latest.size >= topicsMax) this.#latest.clear();
    this.#latest.set(topic, settled);
    return settled;
  }
}
