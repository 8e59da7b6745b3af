import type { IConnackPacket, IPublishPacket, MqttClient } from 'mqtt';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { AckWindow } from './ack-window.ts';
import { type ConnectionOptions, goodbye, openClient } from './client.ts';
import { distrust, farewell, refusal, subscribeRefusal } from './refusal.ts';
import { inParts } from './topic-filter.ts';

/** Resolves once the message is durable; rejects where it must not be acknowledged. */
export type Take = (packet: IPublishPacket) => Promise<unknown>;

/** Bytes on their way to the disk before we stop to read. */
const inFlightBytesMax = 16 * 1024 * 1024;
const presentEveryMs = 1_000;
const goodbyeMs = 2_000;

/** Keeps mqtt.js from sending PUBACK: that is sent when the message is durable. */
const later = new Error('acknowledged when it is durable');

/**
 * One connection to a broker, from CONNECT to its end; the next one is another object. mqtt.js handles one PUBLISH at a
 * time and acknowledges it before it reads the next. Here its callback is told of an error, so that it sends nothing and
 * reads on, and the acknowledgements are written to the same socket later, many at once.
 */
export class Connection {
  readonly #client: MqttClient;
  readonly #options: ConnectionOptions;
  readonly #take: Take;
  readonly #acks: AckWindow;
  readonly #ended: Promise<ApertoError>;
  #failure: ApertoError | undefined;
  #inFlight = 0;
  #inFlightBytes = 0;
  /** Once it closes, nothing new is taken; once it has said goodbye, what still comes is let pass. */
  #stage: 'open' | 'closing' | 'leaving' = 'open';
  /** Reads on; set while there is no room. */
  #readOn: (() => void) | undefined;
  #onIdle: (() => void) | undefined;
  #sessionPresent = false;
  #presentAt = 0;

  private constructor(options: ConnectionOptions, take: Take) {
    this.#options = options;
    this.#take = take;
    this.#client = openClient(options);
    // One client object has one socket, because it does not reconnect.
    const { stream } = this.#client;
    this.#acks = new AckWindow((packets) => {
      if (!stream.destroyed) stream.write(packets);
      this.#notePresence();
      this.#next();
    });
    this.#client.handleMessage = (packet, callback) => this.#receive(packet, callback);
    this.#ended = new Promise((resolve) => {
      this.#client.once('close', () => {
        this.#acks.drop();
        resolve(this.#failure ?? this.#lost('closed the connection without a reason', 'no_reason'));
      });
    });
    this.#client.on('error', (error) => this.cut(this.#toFailure(error)));
    this.#client.on('disconnect', ({ reasonCode = 0 }) =>
      this.cut(farewell(options.url, options.clientId, reasonCode)),
    );
  }

  /**
   * @param signal gives up, where there is no answer yet
   * @throws ApertoError; `retry` tells whether it may succeed later
   */
  static async open(options: ConnectionOptions, take: Take, signal: AbortSignal): Promise<Connection> {
    const connection = new Connection(options, take);
    const giveUp = (): void => connection.cut(connection.#lost('closed before it answered'));
    signal.addEventListener('abort', giveUp);
    try {
      const { sessionPresent } = await connection.whileOpen(
        new Promise<IConnackPacket>((resolve) => connection.#client.once('connect', resolve)),
      );
      connection.#sessionPresent = sessionPresent;
      return connection;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** The broker still knew our subscriptions. */
  get sessionPresent(): boolean {
    return this.#sessionPresent;
  }

  /** Messages that wait to become durable. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Why it ended. */
  get ended(): Promise<ApertoError> {
    return this.#ended;
  }

  /**
   * @param retained what to do with retained values: 0 sends them, 2 does not [MQTT5 §3.8.3.1]
   * @throws ApertoError where the broker refuses one of them or does not answer
   */
  async subscribe(filters: readonly string[], qos: 0 | 1, retained: 0 | 2): Promise<void> {
    for (const part of inParts(filters)) {
      await this.#answer(
        `subscribe to ${part[0]}${part.length > 1 ? ` and ${part.length - 1} more` : ''}`,
        (done) => this.#client.subscribe([...part], { qos, rh: retained }, done),
      );
    }
  }

  async unsubscribe(filters: readonly string[]): Promise<void> {
    for (const part of inParts(filters)) {
      await this.#answer('unsubscribe', (done) => this.#client.unsubscribe([...part], done));
    }
  }

  /** QoS 0, not retained. */
  publish(topic: string, payload: Uint8Array): void {
    this.#client.publish(topic, Buffer.from(payload), { qos: 0 });
  }

  /** Cuts the connection; what is not acknowledged comes again. */
  cut(failure: ApertoError): void {
    this.#failure ??= failure;
    this.#client.stream.destroy();
  }

  /**
   * Stops reading, waits until what came is durable and acknowledged, and says goodbye.
   * @returns what the broker is to do with the session: it keeps it where something came that is not acknowledged
   */
  async close(session: 'keep' | 'forget' = 'keep'): Promise<'keep' | 'forget'> {
    if (this.#stage !== 'open') return 'keep';
    this.#stage = 'closing';
    if (this.#inFlight > 0) {
      const idle = new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
      await Promise.race([idle, this.#ended, passed(this.#options.timings.closeTimeoutMs)]);
    }
    // Acknowledgements are written in the turn after the last message is durable.
    await passed(0);
    const isClean = this.#acks.size === 0 && this.#readOn === undefined && !this.#client.stream.destroyed;
    const said = isClean ? session : 'keep';
    this.#client.stream.end(goodbye[said]);
    this.#stage = 'leaving';
    this.#next();
    await Promise.race([this.#ended, passed(goodbyeMs)]);
    this.#client.stream.destroy();
    return said;
  }

  #receive(packet: IPublishPacket, callback: (error?: Error) => void): void {
    if (this.#stage !== 'open') {
      this.#readOn = () => callback(later);
      this.#next();
      return;
    }
    const { qos, messageId, payload } = packet;
    const ack = qos === 0 || messageId === undefined ? undefined : this.#acks.take(messageId);
    this.#inFlight++;
    this.#inFlightBytes += payload.length;
    this.#take(packet).then(
      () => {
        ack?.();
        this.#leave(payload.length);
      },
      (error: unknown) => {
        this.#leave(payload.length);
        this.cut(this.#lost(`a message could not be made durable: ${messageOf(error)}`));
      },
    );
    this.#readOn = () => callback(ack === undefined ? undefined : later);
    this.#next();
  }

  #leave(bytes: number): void {
    this.#inFlight--;
    this.#inFlightBytes -= bytes;
    this.#next();
    if (this.#inFlight === 0) this.#onIdle?.();
  }

  /** Reads the next packet, where there is room: a broker that sends more than was agreed waits at its socket. */
  #next(): void {
    const readOn = this.#readOn;
    if (readOn === undefined || this.#stage === 'closing') return;
    if (this.#stage === 'open' && !this.#hasRoom()) return;
    this.#readOn = undefined;
    readOn();
  }

  #hasRoom(): boolean {
    const { receiveMaximum } = this.#options;
    const waiting = Math.max(this.#acks.size, this.#inFlight);
    return waiting <= receiveMaximum && this.#inFlightBytes <= inFlightBytesMax;
  }

  /** Who acknowledges need not ping [MQTT-3.1.2-20], and the answer would stand behind all that the broker has sent. */
  #notePresence(): void {
    const now = performance.now();
    if (now - this.#presentAt < presentEveryMs) return;
    this.#presentAt = now;
    this.#client.reschedulePing(true);
  }

  async #answer(what: string, ask: (done: (error?: Error | null) => void) => void): Promise<void> {
    const { url, timings } = this.#options;
    const answered = new Promise<void>((resolve, reject) => {
      ask((error) =>
        error === undefined || error === null ? resolve() : reject(subscribeRefusal(url, what, error)),
      );
    });
    const late = passed(timings.answerTimeoutMs).then(() => {
      throw this.#lost(`no answer within ${timings.answerTimeoutMs} ms when asked to ${what}`);
    });
    await this.whileOpen(Promise.race([answered, late]));
  }

  /** The value, unless the connection ends before. */
  async whileOpen<Value>(value: Promise<Value>): Promise<Value> {
    const ended = this.#ended.then((failure) => {
      throw failure;
    });
    return await Promise.race([value, ended]);
  }

  #toFailure(error: Error): ApertoError {
    const { url } = this.#options;
    const code = 'code' in error ? error.code : undefined;
    if (typeof code === 'number' && error.message.startsWith('Connection refused:')) {
      return refusal(url, 'connect', code);
    }
    if (typeof code === 'string' && /CERT|SIGNATURE/.test(code)) return distrust(url, error.message);
    return this.#lost(error.message === '' ? String(code) : error.message);
  }

  #lost(why: string, reason?: string): ApertoError {
    const text = `broker ${this.#options.url}: ${why}`;
    return new ApertoError('closed', text, { retry: true, ...(reason === undefined ? {} : { reason }) });
  }
}

const passed = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
