import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '../../model/backoff.ts';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { defaultTimings, type Timings } from './access.ts';
import { Connection, type Take } from './connection.ts';
import { KeptFilters } from './kept-filters.ts';
import { readRetained } from './retained.ts';
import { connectionOptions, noCounts, type SubscriberOptions, shared, takeInto } from './take.ts';

/**
 * Takes messages from somebody else's broker, by MQTT 5 shared subscriptions in a session that outlives connections.
 * Each is acknowledged once `accept` has made it durable; what was not comes again.
 */
export class Subscriber {
  readonly counts = noCounts();
  readonly #options: SubscriberOptions;
  readonly #timings: Timings;
  readonly #kept: KeptFilters;
  readonly #take: Take;
  readonly #closing = new AbortController();
  #connection: Connection | undefined;
  #isSubscribed = false;
  #why = 'not connected yet';
  #hasReadRetained = false;
  #readingRetained: Promise<void> | undefined;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#kept = new KeptFilters(options.directory);
    this.#take = takeInto(options, this.counts);
  }

  /** Whether messages can come now; if not, why. */
  get state(): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
    return this.#isSubscribed ? { ok: true } : { ok: false, reason: this.#why };
  }

  get inFlight(): number {
    return this.#connection?.inFlight ?? 0;
  }

  /** Sends a command with QoS 0: somebody who is not there now does not get it. */
  publish(topic: string, payload: Uint8Array): void {
    if (this.#connection === undefined || !this.#isSubscribed) this.counts.unsent++;
    else this.#connection.publish(topic, payload);
  }

  /** Stops reading, makes durable and acknowledges what came, and leaves; the session stays. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#connection?.close(), this.#readingRetained]);
  }

  /**
   * Connects and stays connected until `close`; comes back by itself.
   * @param onSubscribed called after each subscription
   * @throws ApertoError `config` when the broker says at the start what no waiting will change, or when another client
   * takes our name
   */
  async run(onSubscribed: () => void): Promise<void> {
    const { backoffFirstMs: firstMs, backoffMaxMs: maxMs, steadyMs } = this.#timings;
    for (let attempt = 1; !this.#closing.signal.aborted; attempt++) {
      const startedAt = performance.now();
      const failure = await this.#once(onSubscribed);
      if (this.#closing.signal.aborted) return;
      this.#why = failure.message;
      if (!failure.retry && (this.counts.connects === 0 || failure.reason === 'taken_over')) throw failure;
      const wasSteady = performance.now() - startedAt >= steadyMs;
      if (wasSteady) attempt = 1;
      const delayMs = Math.round(backoffMs(attempt, { firstMs, maxMs }));
      const hint = wasSteady ? '' : this.#hintAt(failure);
      this.#options.log.warn({ delayMs }, `${failure.message}${hint}; trying again in ${delayMs} ms`);
      await wait(delayMs, undefined, { signal: this.#closing.signal }).catch(
        () => this.#closing.signal.aborted,
      );
    }
  }

  /** Some brokers do not say that somebody else came with our name (Mosquitto 2.0.11). */
  #hintAt({ reason }: ApertoError): string {
    return reason === 'no_reason' ? ` (does another worker have the name "${this.#options.clientId}"?)` : '';
  }

  /** One connection from its start to its end; returns why it ended. */
  async #once(onSubscribed: () => void): Promise<ApertoError> {
    let connection: Connection | undefined;
    try {
      const { signal } = this.#closing;
      connection = await Connection.open(connectionOptions(this.#options), this.#take, signal);
      this.#connection = connection;
      await this.#subscribe(connection);
      this.#isSubscribed = true;
      this.counts.connects++;
      onSubscribed();
      return await connection.ended;
    } catch (error) {
      const failure = toApertoError(error);
      connection?.cut(failure);
      return failure;
    } finally {
      this.#connection = undefined;
      this.#isSubscribed = false;
    }
  }

  async #subscribe(connection: Connection): Promise<void> {
    const { filters, log, broker, clientId } = this.#options;
    const known = this.#kept.filters;
    const stale = known.filter((filter) => !filters.includes(filter));
    if (!connection.sessionPresent && known.length > 0) {
      log.warn(
        { clientId },
        `broker ${broker.url} has forgotten our session, and what waited in it; subscribing again`,
      );
    }
    // Written before the broker knows of them, so that no filter is ever forgotten.
    this.#kept.keep([...known, ...filters]);
    if (connection.sessionPresent) await connection.unsubscribe(stale.map(shared));
    await connection.subscribe(filters.map(shared), 1, 2);
    this.#kept.keep(filters);
    log.info({ clientId, filters: filters.length }, `subscribed at broker ${broker.url}`);
    if (this.#options.readsRetained && !(this.#hasReadRetained && connection.sessionPresent))
      this.#readRetained();
  }

  async #readRetained(): Promise<void> {
    const { filters, log, broker } = this.#options;
    const { signal } = this.#closing;
    this.#hasReadRetained = true;
    try {
      await readRetained(connectionOptions(this.#options), filters, this.#take, signal);
      log.info({ retained: this.counts.retained }, `read what broker ${broker.url} retains`);
    } catch (error) {
      this.#hasReadRetained = false;
      log.warn({}, `what broker ${broker.url} retains was not read: ${messageOf(error)}`);
    }
  }
}

const toApertoError = (error: unknown): ApertoError =>
  error instanceof ApertoError ? error : new ApertoError('internal', messageOf(error), { cause: error });
