import { createConnection, type Socket } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { generate, type Packet, parser } from 'mqtt-packet';
import { expect, onTestFinished, vi } from 'vitest';
import { type Broker, type BrokerParts, createBroker } from '../../gateway/broker.ts';
import type { Message, Outcome } from '../../ingest/message.ts';
import { connectPacket } from './packets.ts';

export { publishPacket as publish } from './packets.ts';

export interface BrokerUnderTest {
  readonly broker: Broker;
  readonly port: number;
  /** What came to `accept`, in order. */
  readonly accepted: Message[];
  readonly refused: [string, number][];
  readonly warnings: string[];
}

/** A broker of the running test on a free port, which accepts everything unless told otherwise. */
export const brokerOf = async (changes: Partial<BrokerParts> = {}): Promise<BrokerUnderTest> => {
  const accepted: Message[] = [];
  const refused: [string, number][] = [];
  const warnings: string[] = [];
  const { accept = (): Promise<Outcome> => Promise.resolve({ kind: 'accepted', points: 1 }), ...rest } =
    changes;
  const broker = await createBroker({
    accept: (message) => {
      accepted.push(message);
      return accept(message);
    },
    refuse: (reason, qos) => refused.push([reason, qos]),
    clock: { now: () => 1_782_201_600_000 },
    log: { info: () => undefined, warn: (_fields, message) => warnings.push(message) },
    ...rest,
  });
  onTestFinished(() => broker.close());
  const { port } = await broker.listen('127.0.0.1', 0);
  return { broker, port, accepted, refused, warnings };
};

/** A client of the `mqtt` package that does not come back by itself. */
export const connect = async (port: number, options: IClientOptions = {}): Promise<MqttClient> => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options });
  client.on('error', () => undefined);
  onTestFinished(() => client.endAsync(true));
  return client;
};

/** Bytes on a socket: what a client of the `mqtt` package would not do. */
export class RawClient {
  readonly socket: Socket;
  readonly packets: Packet[] = [];
  readonly #version: 4 | 5;
  closed = false;

  constructor(port: number, version: 4 | 5 = 4) {
    this.#version = version;
    this.socket = createConnection(port, '127.0.0.1');
    const parse = parser({ protocolVersion: version });
    parse.on('packet', (packet) => this.packets.push(packet));
    this.socket.on('data', (bytes) => parse.parse(bytes));
    this.socket.on('close', () => {
      this.closed = true;
    });
    this.socket.on('error', () => undefined);
    onTestFinished(() => void this.socket.destroy());
  }

  send(...packets: readonly Packet[]): void {
    const bytes = packets.map((packet) => generate(packet, { protocolVersion: this.#version }));
    this.socket.write(Buffer.concat(bytes));
  }

  /** Connects as a clean session and waits for the CONNACK. */
  async connect(clientId: string, more: object = {}): Promise<this> {
    this.send(connectPacket(clientId, { protocolVersion: this.#version, ...more }));
    await vi.waitFor(() => expect(this.packets[0]?.cmd).toBe('connack'), { interval: 5 });
    return this;
  }

  commands(): string[] {
    return this.packets.map(({ cmd }) => cmd);
  }

  ended(): Promise<void> {
    return vi.waitFor(() => expect(this.closed).toBe(true), { timeout: 5_000, interval: 5 });
  }
}
