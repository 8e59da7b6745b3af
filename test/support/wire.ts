import { createServer } from 'node:http';
import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate, type IConnectPacket, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import { expect, onTestFinished, vi } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import { listen } from '../../gateway/listen.ts';
import { attachWebSocket } from '../../gateway/websocket.ts';
import { type BrokerUnderTest, brokerOf } from './gateway.ts';
import { connectPacket } from './packets.ts';

export const transports = ['TCP', 'WebSocket'] as const;
export type Transport = (typeof transports)[number];

/** A broker of the running test, and how to reach it. */
export const reach = async (
  transport: Transport,
  changes: Parameters<typeof brokerOf>[0] = {},
): Promise<BrokerUnderTest & { readonly open: () => Duplex }> => {
  const parts = await brokerOf(changes);
  if (transport === 'TCP') return { ...parts, open: () => createConnection(parts.port, '127.0.0.1') };
  const server = createServer();
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  onTestFinished(attachWebSocket(server, (connection, address) => parts.broker.handle(connection, address)));
  const { port } = await listen(server, '127.0.0.1', 0, 'HTTP', '--http-port');
  const open = (): Duplex => createWebSocketStream(new WebSocket(`ws://127.0.0.1:${port}/mqtt`, 'mqtt'));
  return { ...parts, open };
};

/** An MQTT 3.1.1 client that does what it is told, packet by packet, and acknowledges what comes unless it is paused. */
export class Wire {
  readonly #stream: Duplex;
  readonly packets: Packet[] = [];
  isPaused = false;
  isClosed = false;
  #nextId = 1;

  constructor(stream: Duplex) {
    this.#stream = stream;
    const parse = parser({ protocolVersion: 4 });
    parse.on('packet', (packet) => this.#take(packet));
    stream.on('data', (bytes: Buffer) => parse.parse(bytes));
    stream.on('error', () => undefined);
    // Over WebSocket a peer that goes ends one side alone.
    stream.on('end', () => stream.destroy());
    stream.on('close', () => {
      this.isClosed = true;
    });
    onTestFinished(() => void stream.destroy());
  }

  send(packet: Packet): void {
    this.#stream.write(generate(packet, { protocolVersion: 4 }));
  }

  write(bytes: Uint8Array): void {
    this.#stream.write(bytes);
  }

  /** Resolves with the CONNACK. */
  async connect(clientId: string, changes: Partial<IConnectPacket> = {}): Promise<Packet> {
    const before = this.#count('connack');
    this.send(connectPacket(clientId, changes));
    await vi.waitFor(() => expect(this.#count('connack') > before || this.isClosed).toBe(true), {
      interval: 2,
    });
    const connack = this.packets.filter(({ cmd }) => cmd === 'connack')[before];
    if (connack === undefined) throw new Error('closed without a CONNACK');
    return connack;
  }

  async subscribe(
    topic: string,
    qos: 0 | 1 | 2,
    ...more: readonly { topic: string; qos: 0 | 1 | 2 }[]
  ): Promise<number[]> {
    const messageId = this.#nextId++;
    this.send({ cmd: 'subscribe', messageId, subscriptions: [{ topic, qos }, ...more] });
    const suback = await this.#answer('suback', messageId);
    return suback.cmd === 'suback' ? suback.granted.map(Number) : [];
  }

  async unsubscribe(topic: string): Promise<void> {
    const messageId = this.#nextId++;
    this.send({ cmd: 'unsubscribe', messageId, unsubscriptions: [topic] });
    await this.#answer('unsuback', messageId);
  }

  /** Resolves once the exchange of its QoS is over; a client that is paused waits for nothing. */
  async publish(topic: string, payload: string, qos: 0 | 1 | 2, retain = false): Promise<void> {
    const messageId = this.#nextId++;
    this.send({
      cmd: 'publish',
      topic,
      payload,
      qos,
      retain,
      dup: false,
      ...(qos === 0 ? {} : { messageId }),
    });
    if (qos > 0 && !this.isPaused) await this.#answer(qos === 1 ? 'puback' : 'pubcomp', messageId);
  }

  /** All that was sent to it so far is here: PINGRESP comes after it. */
  async settled(): Promise<void> {
    const before = this.#count('pingresp');
    this.send({ cmd: 'pingreq' });
    await vi.waitFor(() => expect(this.#count('pingresp')).toBeGreaterThan(before), { interval: 2 });
  }

  messages(): IPublishPacket[] {
    return this.packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet] : []));
  }

  clear(): void {
    this.packets.length = 0;
  }

  async disconnect(): Promise<void> {
    this.send({ cmd: 'disconnect' });
    await this.closed();
  }

  /** Without a word, so that its will is said. */
  terminate(): void {
    this.#stream.destroy();
  }

  closed(timeout = 5_000): Promise<void> {
    return vi.waitFor(() => expect(this.isClosed).toBe(true), { timeout, interval: 5 });
  }

  #take(packet: Packet): void {
    this.packets.push(packet);
    if (this.isPaused) return;
    if (packet.cmd === 'publish' && packet.qos > 0)
      this.#reply(packet.qos === 1 ? 'puback' : 'pubrec', packet);
    if (packet.cmd === 'pubrec') this.#reply('pubrel', packet);
    if (packet.cmd === 'pubrel') this.#reply('pubcomp', packet);
  }

  #reply(cmd: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp', { messageId }: Packet): void {
    if (messageId !== undefined) this.send({ cmd, messageId });
  }

  #count(cmd: Packet['cmd']): number {
    return this.packets.filter((packet) => packet.cmd === cmd).length;
  }

  async #answer(cmd: Packet['cmd'], messageId: number): Promise<Packet> {
    const find = (): Packet | undefined =>
      this.packets.findLast((packet) => packet.cmd === cmd && packet.messageId === messageId);
    const isOver = (): boolean => this.isClosed || find() !== undefined;
    await vi.waitFor(() => expect(isOver()).toBe(true), { timeout: 5_000, interval: 2 });
    const found = find();
    if (found === undefined) throw new Error(`closed without ${cmd} ${messageId}`);
    return found;
  }
}
