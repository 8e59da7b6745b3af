import type { IPubrelPacket } from 'mqtt-packet';
import { type Publication, sizeOf } from './packet.ts';

/** What a subscriber has to acknowledge: a message, or, once it has it, the PUBREL of a QoS 2 exchange. */
export type Outgoing = Publication | (IPubrelPacket & { readonly cmd: 'pubrel' });

interface Waiting {
  packet: Outgoing;
  bytes: number;
}

/** Bytes of all outboxes. */
export interface OutboxBudget {
  bytes: number;
}

export interface OutboxLimits {
  readonly messagesMax: number;
  readonly bytesMax: number;
  /** Of all outboxes together. */
  readonly totalBytesMax: number;
}

/** The messages of one session that were not acknowledged, in the order in which they came. */
export class Outbox {
  readonly #limits: OutboxLimits;
  readonly #budget: OutboxBudget;
  /** By what tells messages apart before they have a packet id. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #numbers = new Map<number, number>();
  #bytes = 0;

  constructor(limits: OutboxLimits, budget: OutboxBudget) {
    this.#limits = limits;
    this.#budget = budget;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** False where there is no room. */
  push(packet: Publication): boolean {
    const { messagesMax, bytesMax } = this.#limits;
    const bytes = sizeOf(packet);
    if (this.#waiting.size >= messagesMax || this.#bytes + bytes > bytesMax) return false;
    this.#waiting.set(packet.brokerCounter ?? 0, { packet, bytes });
    this.#add(bytes);
    return true;
  }

  /** The message was given a packet id, or its PUBREL takes its place. One that found no room is none of ours. */
  update(packet: Outgoing): void {
    const { messageId } = packet;
    if (messageId === undefined) return;
    if (packet.cmd === 'publish') {
      const number = packet.brokerCounter ?? 0;
      const waiting = this.#waiting.get(number);
      if (waiting === undefined) return;
      waiting.packet = { ...waiting.packet, messageId };
      this.#numbers.set(messageId, number);
      return;
    }
    const waiting = this.#waiting.get(this.#numbers.get(messageId) ?? -1);
    if (waiting === undefined || waiting.packet.cmd === 'pubrel') return;
    const bytes = sizeOf({ ...waiting.packet, payload: '' });
    this.#add(bytes - waiting.bytes);
    waiting.packet = { cmd: 'pubrel', messageId };
    waiting.bytes = bytes;
  }

  /** Takes away what was acknowledged, or what is not to be sent after all. */
  clear({
    messageId,
    brokerCounter,
  }: {
    readonly messageId?: number;
    readonly brokerCounter?: number;
  }): Outgoing | undefined {
    const number = messageId === undefined ? brokerCounter : this.#numbers.get(messageId);
    const waiting = this.#waiting.get(number ?? -1);
    if (number === undefined || waiting === undefined) return undefined;
    this.#waiting.delete(number);
    if (waiting.packet.messageId !== undefined) this.#numbers.delete(waiting.packet.messageId);
    this.#add(-waiting.bytes);
    return waiting.packet;
  }

  /** All of it, to be sent again; what was sent before is marked so [MQTT-3.3.1-1]. */
  list(): Outgoing[] {
    return [...this.#waiting.values()].map(({ packet }) =>
      packet.cmd === 'publish' && packet.messageId !== undefined ? { ...packet, dup: true } : packet,
    );
  }

  empty(): void {
    this.#waiting.clear();
    this.#numbers.clear();
    this.#add(-this.#bytes);
  }

  #add(bytes: number): void {
    this.#bytes += bytes;
    this.#budget.bytes += bytes;
  }
}
