import mqtt, { type MqttClient } from 'mqtt';
import type { Access } from './access.ts';
import type { Encoded } from './dialect.ts';
import { type Line, Waiting } from './line.ts';
import type { Random } from './random.ts';

/** What became of the messages of all connections of a run. */
export interface Counts {
  /** Handed to a connection. */
  published: number;
  acked: number;
  /** Refused, or still without an acknowledgement when the connection was closed for good. */
  failed: number;
}

export interface ConnectionOptions {
  readonly broker: string;
  readonly clientId: string;
  /** How it comes in. */
  readonly login: ReturnType<Access['of']>;
  readonly will?: Encoded | undefined;
  /** Messages that may wait for their acknowledgement. */
  readonly inFlightMax: number;
  readonly counts: Counts;
  /** Draws the jitter of the back-off. */
  readonly random: Random;
  /** Called at each connect, the first and all later ones. */
  readonly onConnect?: () => void;
  /** A topic that the device listens to. */
  readonly commands?: string | undefined;
  /** Called for each message on that topic. */
  readonly onCommand?: () => void;
}

const keepaliveS = 60;
const connectTimeoutMs = 10_000;
const backOffMs = { first: 200, max: 30_000 } as const;
/** A connection that held this long starts its back-off anew. */
const steadyMs = 2_000;
const goodbyeMs = 2_000;

/** One MQTT client as a device has it: QoS 1, a jittered back-off, and what was not acked is sent again. */
export class Connection implements Line {
  private readonly client: MqttClient;
  private readonly options: ConnectionOptions;
  private waitingForAck = 0;
  private lastHeardAt = performance.now();
  private attempt = 0;
  private connectedAt: number | undefined;
  private closed = false;
  private readonly waiting = new Waiting();

  constructor(options: ConnectionOptions) {
    const { broker, clientId, login, will } = options;
    this.options = options;
    this.client = mqtt.connect(broker, {
      clientId,
      clean: true,
      keepalive: keepaliveS,
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: this.nextBackOffMs(),
      reconnectOnConnackError: true,
      ...login,
      ...(will && { will: { topic: will.topic, payload: toBuffer(will.payload), qos: 1, retain: false } }),
    });
    this.client.on('connect', () => {
      this.connectedAt = this.lastHeardAt = performance.now();
      if (options.commands !== undefined) this.client.subscribe(options.commands, { qos: 1 });
      options.onConnect?.();
      this.waiting.wake();
    });
    this.client.on('message', () => options.onCommand?.());
    this.client.on('close', () => this.afterClose());
    // What follows an error is 'close', and that decides; without a listener the error would end the process.
    this.client.on('error', () => this.waiting.wake());
  }

  /** False also while the client sends again what was not acked: it would drop what came in between. */
  get connected(): boolean {
    return this.connectedAt !== undefined;
  }

  /** Messages that wait for their acknowledgement. */
  get inFlight(): number {
    return this.waitingForAck;
  }

  /** When the broker last connected or acknowledged, by `performance.now()`; at first when it was asked to. */
  get heardAt(): number {
    return this.lastHeardAt;
  }

  get hasRoom(): boolean {
    return this.inFlight < this.options.inFlightMax;
  }

  /**
   * Resolves to nothing when the first connect succeeds or the signal fires, else to why it did not connect.
   * To be asked right after creation.
   */
  firstOutcome(signal: AbortSignal): Promise<Error | undefined> {
    return new Promise((resolve) => {
      this.client.once('connect', () => resolve(undefined));
      this.client.once('error', resolve);
      this.client.once('close', () => resolve(new Error('the connection was closed')));
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
  }

  /** Hands a message over; the counts tell what became of it. */
  publish(topic: string, payload: string | Uint8Array): void {
    this.options.counts.published++;
    this.waitingForAck++;
    this.client.publish(topic, toBuffer(payload), { qos: 1 }, (error) =>
      this.settle(error === undefined || error === null),
    );
  }

  changed(timeoutMs: number): Promise<void> {
    return this.waiting.changed(timeoutMs);
  }

  /** Cuts the TCP connection without a word, so the broker publishes the will. The way back is the shortest. */
  cut(): void {
    this.attempt = 0;
    this.connectedAt = undefined;
    this.client.options.reconnectPeriod = this.nextBackOffMs();
    this.client.stream.destroy();
  }

  /** Waits for what is in flight, then says goodbye, which keeps the will back. What is left counts as failed. */
  async close(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.inFlight > 0 && performance.now() < deadline) {
      await this.changed(deadline - performance.now());
    }
    this.closed = true;
    this.options.counts.failed += this.inFlight;
    const orderly = this.connected && this.inFlight === 0;
    const gone = this.client.endAsync(!orderly);
    const late = setTimeout(() => this.client.stream.destroy(), goodbyeMs);
    await gone;
    clearTimeout(late);
  }

  private settle(acked: boolean): void {
    if (this.closed) return;
    this.waitingForAck--;
    if (acked) {
      this.options.counts.acked++;
      this.lastHeardAt = performance.now();
    } else {
      this.options.counts.failed++;
    }
    this.waiting.wake();
  }

  private afterClose(): void {
    if (this.connectedAt !== undefined && performance.now() - this.connectedAt >= steadyMs) this.attempt = 0;
    this.connectedAt = undefined;
    // The client has just started the timer of this reconnect; this is the period of the one after it.
    this.client.options.reconnectPeriod = this.nextBackOffMs();
    this.waiting.wake();
  }

  private nextBackOffMs(): number {
    const ceilingMs = Math.min(backOffMs.max, backOffMs.first * 2 ** this.attempt++);
    return Math.round(ceilingMs * this.options.random.between(0.5, 1));
  }
}

const toBuffer = (payload: Encoded['payload']): Buffer =>
  typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload);
