import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';

export interface Numbered {
  readonly topic: string;
  readonly payload: string;
}

/** Messages of one tick, and those that may wait for their ack. */
const perTick = 4;
const tickMs = 2;
const windowMax = 50;

/**
 * A device that outlives the gateway: it numbers its readings, and sends what was not acknowledged again on its next
 * connection, with DUP and the packet id that it had [MQTT-4.4.0-1].
 */
export class Sender {
  readonly #clientId: string;
  readonly #message: (number: number) => Numbered;
  readonly #unacked = new Map<number, Numbered>();
  #socket: Socket | undefined;
  #ticking: NodeJS.Timeout | undefined;
  #packetId = 0;
  /** Readings that were ever handed to a socket: numbers below this. */
  sent = 0;
  resent = 0;

  constructor(clientId: string, message: (number: number) => Numbered) {
    this.#clientId = clientId;
    this.#message = message;
  }

  get unacked(): number {
    return this.#unacked.size;
  }

  /** Resolves when the connection that is open now ends. */
  async closed(): Promise<void> {
    const socket = this.#socket;
    // Not `once` of node:events, which fails for an error: a connection may end with one.
    if (socket?.destroyed === false)
      await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    clearInterval(this.#ticking);
  }

  /** Resolves with the CONNACK. What was not acknowledged goes first; new readings follow unless told otherwise. */
  async connect(port: number, { news = true } = {}): Promise<void> {
    const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    const accepted = once(socket, 'connack');
    const parse = parser({ protocolVersion: 4 });
    parse.on('packet', (packet) => this.#hear(socket, packet));
    socket.on('data', (bytes) => parse.parse(bytes));
    socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clientId: this.#clientId,
        clean: false,
        keepalive: 0,
      }),
    );
    await accepted;
    for (const [messageId, message] of this.#unacked) this.#publish(socket, messageId, message, true);
    this.resent += this.#unacked.size;
    if (news) this.#ticking = setInterval(() => this.#tick(socket), tickMs);
  }

  disconnect(): void {
    clearInterval(this.#ticking);
    this.#socket?.destroy();
  }

  #tick(socket: Socket): void {
    for (let count = 0; count < perTick && this.#unacked.size < windowMax; count++) {
      this.#packetId = (this.#packetId % 65_535) + 1;
      const message = this.#message(this.sent++);
      this.#unacked.set(this.#packetId, message);
      this.#publish(socket, this.#packetId, message, false);
    }
  }

  #publish(socket: Socket, messageId: number, { topic, payload }: Numbered, dup: boolean): void {
    if (socket.destroyed) return;
    socket.write(generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup, retain: false }));
  }

  #hear(socket: Socket, packet: Packet): void {
    if (packet.cmd === 'connack') socket.emit('connack');
    if (packet.cmd === 'puback' && packet.messageId !== undefined) this.#unacked.delete(packet.messageId);
  }
}
