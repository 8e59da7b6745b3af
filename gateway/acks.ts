import type { Duplex } from 'node:stream';

/** PUBACK: its type, and the two bytes that follow [MQTT-3.4]. */
const puback = 0x4002;
/** The same with a reason code and no properties [MQTT5 §3.4.2.1]. */
const pubackWithReason = 0x4003;
const ackBytesMax = 5;

export interface AcksParts {
  /** How long a client may leave its acks unread, in ms. */
  readonly drainTimeoutMs: number;
  /** Told how many messages are done with: their acks were sent, and there is room for more. */
  readonly onSent: (messages: number) => void;
}

/** The PUBACKs of one connection that become due in one turn: they go in one write, in their order [MQTT-4.6.0-2]. */
export class Acks {
  readonly #connection: Duplex;
  readonly #parts: AcksParts;
  #bytes = Buffer.allocUnsafe(64 * ackBytesMax);
  #length = 0;
  #messages = 0;
  #isScheduled = false;
  #isDraining = false;

  constructor(connection: Duplex, parts: AcksParts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  /**
   * @param messageId 0 for a message of QoS 0, which gets no ack
   * @param reason a reason code of MQTT 5, for a client that speaks it
   */
  add(messageId: number, reason = 0): void {
    this.#messages++;
    if (messageId > 0) this.#put(messageId, reason);
    if (this.#isScheduled || this.#isDraining) return;
    this.#isScheduled = true;
    process.nextTick(this.#flush);
  }

  #put(messageId: number, reason: number): void {
    if (this.#length + ackBytesMax > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], 2 * this.#bytes.length);
    }
    this.#bytes.writeUInt16BE(reason === 0 ? puback : pubackWithReason, this.#length);
    this.#bytes.writeUInt16BE(messageId, this.#length + 2);
    this.#length += 4;
    if (reason !== 0) this.#bytes[this.#length++] = reason;
  }

  readonly #flush = (): void => {
    this.#isScheduled = false;
    const messages = this.#messages;
    const bytes = Buffer.copyBytesFrom(this.#bytes, 0, this.#length);
    this.#messages = 0;
    this.#length = 0;
    if (this.#connection.destroyed) return;
    if (bytes.length === 0 || this.#connection.write(bytes)) this.#parts.onSent(messages);
    else this.#drain(messages);
  };

  /** The client does not read: nothing more is sent, and nothing more taken from it, until it does. */
  #drain(messages: number): void {
    const connection = this.#connection;
    const { drainTimeoutMs, onSent } = this.#parts;
    this.#isDraining = true;
    const timer = setTimeout(() => connection.destroy(new Error('drain timeout')), drainTimeoutMs);
    connection.once('close', () => clearTimeout(timer));
    connection.once('drain', () => {
      clearTimeout(timer);
      this.#isDraining = false;
      onSent(messages);
      if (this.#messages > 0) this.#flush();
    });
  }
}
