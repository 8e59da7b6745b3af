import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { CredentialBook } from '../gateway/credentials/book.ts';
import { requireLock } from '../gateway/exposure.ts';
import { createHttpServer, type HttpServer } from '../gateway/http/server.ts';
import { Tokens } from '../gateway/http/tokens.ts';
import { readSecret } from '../gateway/secret.ts';
import { rebirthCommand } from '../ingest/decode/devices/sparkplug/rebirth.ts';
import type { BrokerAccess } from '../ingest/subscribe/access.ts';
import { retire } from '../ingest/subscribe/retire.ts';
import { Subscriber } from '../ingest/subscribe/subscriber.ts';
import type { SubscriberOptions } from '../ingest/subscribe/take.ts';
import { systemClock } from '../model/clock.ts';
import { limits } from '../model/limits.ts';
import type { Site } from '../model/site.ts';
import { observeSubscriber } from './broker-metrics.ts';
import { type Closer, openClosable } from './closers.ts';
import { credentialsPath } from './credentials/path.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { healthOf } from './health.ts';
import { type Ingest, startIngest } from './ingest/ingest.ts';
import type { Log } from './log.ts';
import { hostText } from './options.ts';
import { observeRollups } from './rollup-metrics.ts';
import { openStorage, type Storage } from './storage/storage.ts';

export interface BrokerServiceOptions {
  readonly sites: ReadonlyMap<string, Site>;
  readonly broker: BrokerAccess;
  /** Names the worker at the broker and its directory. */
  readonly worker: string;
  readonly filters: readonly string[];
  readonly readsRetained: boolean;
  /** Exactly one of the workers on a store makes its windows. */
  readonly makesWindows: boolean;
  /** `duckdb`, `duckdb:PATH` or `influx`. */
  readonly store: string;
  /** Each worker has a directory in it. */
  readonly dataDirectory: string;
  readonly host: string;
  /** No HTTP where absent. */
  readonly httpPort?: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
}

export interface BrokerService {
  readonly http?: string;
  /** Takes messages until `close`; rejects when the broker will never let us. */
  run(onSubscribed: () => void): Promise<void>;
  /** Instead of `run`: ends the worker for good, once the store has all of it. Returns how many messages waited. */
  retire(signal: AbortSignal): Promise<number>;
  /** Stops reading, makes durable and acknowledges what came, then closes the rest. */
  close(): Promise<void>;
}

export const clientIdOf = (worker: string): string => `aperto-ingest-${worker}`;

const lookAgainMs = 100;

/** Wires an external broker, ingest and store: one worker. Whatever fails on the way closes what was opened. */
export const startBrokerService = (options: BrokerServiceOptions): Promise<BrokerService> =>
  openClosable((closers) => open(options, closers));

const open = async (
  options: BrokerServiceOptions,
  closers: Closer[],
): Promise<Omit<BrokerService, 'close'>> => {
  const { sites, log, environment, worker, filters, readsRetained } = options;
  const clock = systemClock;
  const metrics = new Registry();
  const dataDirectory = prepareDataDirectory(join(options.dataDirectory, `worker-${worker}`));
  // DuckDB's file is that of the whole data directory, so that its lock keeps a second worker out.
  const storage = await openStorage({
    store: options.store,
    dataDirectory: options.dataDirectory,
    environment,
    marksDirectory: dataDirectory,
    sites: [...sites.values()],
    // DuckDB's file has one worker.
    ...(options.store === 'influx' ? { sharing: { worker, makesWindows: options.makesWindows } } : {}),
  });
  observeRollups(metrics, storage);
  closers.push(() => storage.close());
  const ingest = await startIngest({
    name: `worker-${worker}`,
    dataDirectory,
    sites,
    storage,
    clock,
    log,
    metrics,
  });
  closers.push(() => ingest.close());
  const subscriberOptions: SubscriberOptions = {
    broker: options.broker,
    clientId: clientIdOf(worker),
    filters,
    readsRetained,
    directory: dataDirectory,
    receiveMaximum: limits.inFlightMax,
    accept: ingest.intake.accept,
    clock,
    log,
  };
  const subscriber = new Subscriber(subscriberOptions);
  ingest.onRebirth((rebirth) => {
    const { topic, payload } = rebirthCommand(rebirth, clock.now());
    subscriber.publish(topic, payload);
  });
  observeSubscriber(metrics, subscriber);
  const http = await openHttp(options, { ingest, storage, subscriber, metrics });
  if (http !== undefined) closers.push(() => http.close());
  closers.push(() => subscriber.close());
  return {
    run: (onSubscribed) => subscriber.run(onSubscribed),
    retire: async (signal) => {
      const messages = await retire(subscriberOptions, signal);
      while (ingest.ledger.view().spooled > 0 && !signal.aborted) await wait(lookAgainMs);
      return messages;
    },
    ...(http === undefined ? {} : { http: http.address }),
  };
};

interface Parts {
  readonly ingest: Ingest;
  readonly storage: Storage;
  readonly subscriber: Subscriber;
  readonly metrics: Registry;
}

/** Health, metrics and books of this worker. Its live state is of the messages that came to it. */
const openHttp = async (
  { host, httpPort, environment, sites, log, dataDirectory }: BrokerServiceOptions,
  { ingest, storage, subscriber, metrics }: Parts,
): Promise<{ readonly address: string; close(): Promise<void> } | undefined> => {
  if (httpPort === undefined) return undefined;
  const token = readSecret('APERTO_HTTP_TOKEN', environment);
  // One file for all workers of the data directory.
  const book = new CredentialBook({ path: credentialsPath(undefined, dataDirectory), log });
  const tokens = new Tokens({ token, book });
  const how = 'add a token with "aperto credentials add", set APERTO_HTTP_TOKEN or APERTO_HTTP_TOKEN_FILE';
  requireLock(host, 'HTTP', tokens.isLocked, how);
  const { intake, ledger, live } = ingest;
  const server: HttpServer = await createHttpServer({
    sites,
    live,
    ledger: () => ledger.view(),
    quarantine: ingest.quarantine,
    strangers: ingest.strangers,
    accept: intake.accept,
    store: storage,
    figures: storage,
    metrics,
    clock: systemClock,
    logger: log,
    health: async () => ({
      broker: subscriber.state,
      spool: await healthOf(() => ingest.check()),
      store: await healthOf(() => storage.ping()),
    }),
    tokens,
  });
  const { port } = await server.listen(host, httpPort);
  return {
    address: `http://${hostText(host)}:${port}`,
    close: () => server.close().finally(() => book.close()),
  };
};
