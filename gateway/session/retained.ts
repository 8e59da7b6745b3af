import { covers } from '../topic-filter.ts';
import { compact, type Publication, sizeOf } from './packet.ts';

interface Kept {
  readonly packet: Publication;
  readonly bytes: number;
}

export interface RetainedLimits {
  readonly messagesMax: number;
  readonly bytesMax: number;
}

/**
 * The latest retained message of each topic, which the broker holds in memory for ever: clients choose the topics, so
 * their number and their bytes are bounded. What is over the bound is delivered to those who listen now and not kept.
 */
export class Retained {
  readonly #limits: RetainedLimits;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(limits: RetainedLimits) {
    this.#limits = limits;
  }

  get messages(): number {
    return this.#kept.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the message is kept. An empty one takes the kept one away [MQTT-3.3.1-10]. */
  store(packet: Publication): boolean {
    const { topic } = packet;
    const before = this.#kept.get(topic);
    if (packet.payload.length === 0) {
      this.#kept.delete(topic);
      this.#bytes -= before?.bytes ?? 0;
      return true;
    }
    const bytes = sizeOf(packet);
    const more = bytes - (before?.bytes ?? 0);
    if (more > 0 && this.#bytes + more > this.#limits.bytesMax) return false;
    if (before === undefined && this.#kept.size >= this.#limits.messagesMax) return false;
    this.#bytes += more;
    this.#kept.set(topic, { packet: compact(packet), bytes });
    return true;
  }

  /** Those that match one of the filters, each as often as there are filters for it. */
  *find(filters: readonly string[]): Generator<Publication> {
    for (const filter of filters) {
      if (/[+#]/.test(filter)) yield* this.#matching(filter);
      else {
        const kept = this.#kept.get(filter);
        if (kept !== undefined) yield kept.packet;
      }
    }
  }

  *#matching(filter: string): Generator<Publication> {
    for (const [topic, { packet }] of this.#kept) if (covers(filter, topic)) yield packet;
  }
}
