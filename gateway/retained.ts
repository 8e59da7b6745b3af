/**
 * Bounds what the broker keeps as retained messages, which it holds in memory for ever: one a topic, and clients
 * choose the topics. What is over the bound is delivered to those who listen now and not kept.
 */
export class RetainedBudget {
  readonly #bytesMax: number;
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Whether the broker may keep the message. An empty one takes the kept one away [MQTT-3.3.1-10]. */
  admit(topic: string, payloadBytes: number): boolean {
    const before = this.#sizes.get(topic) ?? 0;
    // A topic costs about as much again in the broker's own index.
    const size = payloadBytes === 0 ? 0 : payloadBytes + 2 * topic.length;
    if (size > before && this.#bytes - before + size > this.#bytesMax) return false;
    this.#bytes += size - before;
    if (size === 0) this.#sizes.delete(topic);
    else this.#sizes.set(topic, size);
    return true;
  }
}
