import type { Site } from '../model/site.ts';
import type { Access } from './access.ts';
import { clientIdOf, unreachable } from './broker-address.ts';
import { Connection, type Counts } from './connection.ts';
import type { Delivery } from './delivery.ts';
import type { Dialect } from './dialect.ts';
import type { Faults } from './faults/faults.ts';
import type { Posts } from './hooks/posts.ts';
import type { Line } from './line.ts';
import { helloOf, type Message, messagesOf } from './messages.ts';
import { pause } from './pause.ts';
import type { Seed } from './random.ts';
import { type Sample, type SimulatedDevice, sampleOf, statusOf } from './sample.ts';
import type { Street } from './street.ts';
import type { Timebase } from './timebase.ts';

export interface FleetOptions {
  readonly broker: string;
  readonly site: Site;
  readonly street: Street;
  readonly devices: readonly SimulatedDevice[];
  readonly dialect: Dialect;
  readonly faults: Faults;
  readonly seed: Seed;
  readonly timebase: Timebase;
  readonly counts: Counts;
  readonly posts: Posts;
  readonly access: Access;
}

const connectsPerSecondMax = 800;
const connectSpreadMsMin = 1_000;
/**
 * Messages of one device that may wait for their PUBACK; while so many do, it drops new ones as sensors do. Some
 * formats take forty messages to say who a device is.
 */
const inFlightMax = 128;
const closeTimeoutMs = 3_000;

/**
 * The devices of a site, each a real MQTT client with its own client id and will; but for those whose vendor posts for
 * them.
 */
export class Fleet {
  /** Readings dropped because their device was offline or waited for too many acknowledgements. */
  skipped = 0;
  private readonly options: FleetOptions;
  private readonly connections = new Map<string, Line>();
  private readonly lastClocks = new Map<string, number>();

  constructor(options: FleetOptions) {
    this.options = options;
  }

  /**
   * Connects all devices, spread over a second or more. Each reports at once when it is connected.
   * @throws ApertoError `usage` when the first one cannot connect, or nobody answers where others post to
   */
  async connect(signal: AbortSignal): Promise<void> {
    const { devices, broker, posts } = this.options;
    await posts.open();
    const spreadMs = Math.max(connectSpreadMsMin, (devices.length * 1000) / connectsPerSecondMax);
    const startedAt = performance.now();
    let first: Connection | undefined;
    for (const [index, device] of devices.entries()) {
      if (signal.aborted) return;
      const connection = this.open(device);
      if (first === undefined && connection !== undefined) {
        first = connection;
        const failure = await connection.firstOutcome(signal);
        if (failure !== undefined) throw unreachable(broker, failure);
      }
      const waitMs = startedAt + (spreadMs * (index + 1)) / devices.length - performance.now();
      if (waitMs > 1) await pause(waitMs, signal);
    }
  }

  /** Whether a reading of the device would be sent now. */
  canPublish(device: SimulatedDevice): boolean {
    const connection = this.connections.get(device.id);
    return connection?.connected === true && connection.hasRoom;
  }

  /** Sends a reading through its device; nothing is sent before the device has begun to connect. */
  publish(sample: Sample): void {
    const { site, dialect, faults } = this.options;
    if (!this.connections.has(sample.device.id)) return;
    this.deliver(messagesOf(site.id, faults.distort(this.onClock(sample)), dialect));
  }

  /** What the device measures now. */
  publishCurrent(device: SimulatedDevice): void {
    const sample = sampleOf(this.options.street, device, this.options.timebase.now());
    if (sample !== undefined) this.publish(sample);
  }

  /** Fires where a receiver of posts lets nobody in; its reason is the error. */
  get refused(): AbortSignal {
    return this.options.posts.refused;
  }

  /** Waits some seconds for what is in flight; no will fires. */
  async close(): Promise<void> {
    for (const delivery of this.options.faults.flush()) this.send(delivery);
    await Promise.all(Array.from(new Set(this.connections.values()), (line) => line.close(closeTimeoutMs)));
  }

  /** What its vendor's devices say first. */
  private greet(device: SimulatedDevice): void {
    const { site, street, dialect, timebase } = this.options;
    const now = timebase.now();
    const first = sampleOf(street, device, now) ?? statusOf(street, device, now);
    this.deliver(helloOf(site.id, this.onClock(first), dialect));
  }

  /** A device's clock is wall time, and never the same twice. */
  private onClock(sample: Sample): Sample {
    const { id } = sample.device;
    const clock = Math.max(
      this.options.timebase.wallAt(sample.time),
      (this.lastClocks.get(id) ?? Number.NEGATIVE_INFINITY) + 1,
    );
    this.lastClocks.set(id, clock);
    return { ...sample, clock };
  }

  private deliver(messages: readonly Message[]): void {
    for (const message of messages) {
      for (const delivery of this.options.faults.deliver(message)) this.send(delivery);
    }
  }

  private send({ device, topic, payload, cut }: Delivery): void {
    const connection = this.connections.get(device);
    if (connection === undefined) return;
    if (!connection.connected || !connection.hasRoom) {
      this.skipped++;
      return;
    }
    connection.publish(topic, payload);
    if (cut) connection.cut();
  }

  /** What a device says when it is there. */
  private appear(device: SimulatedDevice): void {
    const { street, timebase } = this.options;
    this.greet(device);
    this.publish(statusOf(street, device, timebase.now()));
    this.publishCurrent(device);
  }

  /** Lets a device speak; its connection, where it has one of its own. */
  private open(device: SimulatedDevice): Connection | undefined {
    const { broker, site, dialect, counts, posts, access, seed } = this.options;
    const source = dialect.hook?.(site.id, device);
    if (source !== undefined) {
      this.connections.set(device.id, posts.lineOf(source));
      this.appear(device);
      return undefined;
    }
    const clientId = clientIdOf(site.id, device.id);
    const connection = new Connection({
      broker,
      clientId,
      login: access.of(clientId, device.id),
      will: dialect.will(site.id, device),
      inFlightMax,
      counts,
      random: seed.random('back-off', device.id),
      commands: dialect.greetOn?.(site.id, device),
      onCommand: () => this.greet(device),
      onConnect: () => this.appear(device),
    });
    this.connections.set(device.id, connection);
    return connection;
  }
}
