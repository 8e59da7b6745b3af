import { Registry } from 'prom-client';
import { type Broker, createBroker } from '../gateway/broker.ts';
import { readHookSecrets } from '../gateway/http/hooks/source.ts';
import { createHttpServer, type HttpServer } from '../gateway/http/server.ts';
import { rebirthCommand } from '../ingest/decode/devices/sparkplug/rebirth.ts';
import { systemClock } from '../model/clock.ts';
import type { Site } from '../model/site.ts';
import { openBoard } from './board.ts';
import { type Closer, openClosable } from './closers.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { healthOf } from './health.ts';
import { type Ingest, startIngest } from './ingest/ingest.ts';
import type { Log } from './log.ts';
import { observeBroker } from './metrics.ts';
import { observeRollups } from './rollup-metrics.ts';
import { type Addresses, openSecurity, type SecurityOptions } from './security.ts';
import { sitesById } from './sites-by-id.ts';
import { openStorage } from './storage/storage.ts';

export interface ServiceOptions {
  readonly sites: readonly Site[];
  /** `duckdb`, `duckdb:PATH` or `influx`. */
  readonly store: string;
  readonly dataDirectory: string;
  readonly host: string;
  readonly mqttPort: number;
  readonly httpPort: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly security?: SecurityOptions;
}

export interface Service extends Addresses {
  readonly ingest: Ingest;
  /** MQTT password of this run, for clients in this process. */
  readonly innerPassword: string;
  /** Closes the doors, makes durable what was accepted, then closes the rest. */
  close(): Promise<void>;
}

/** Wires gateway, ingest and store into one process. Whatever fails on the way closes what was opened. */
export const startService = (options: ServiceOptions): Promise<Service> =>
  openClosable((closers) => open(options, closers));

const open = async (options: ServiceOptions, closers: Closer[]): Promise<Omit<Service, 'close'>> => {
  const { log, environment } = options;
  const clock = systemClock;
  const metrics = new Registry();
  const hooks = readHookSecrets(environment);
  const security = openSecurity({ ...options, clock, metrics });
  closers.push(() => security.close());

  const dataDirectory = prepareDataDirectory(options.dataDirectory);
  const sites = sitesById(options.sites);
  const storage = await openStorage({
    store: options.store,
    dataDirectory,
    environment,
    marksDirectory: dataDirectory,
    sites: options.sites,
  });
  closers.push(() => storage.close());
  observeRollups(metrics, storage);
  const ingest = await startIngest({ name: 'gateway', dataDirectory, sites, storage, clock, log, metrics });
  closers.push(() => ingest.close());

  const { intake, ledger, live } = ingest;
  const broker: Broker = await createBroker({
    accept: intake.accept,
    refuse: (reason, qos) => intake.refuse(reason, qos),
    clock,
    log,
    users: security.users,
  });
  ingest.onRebirth((rebirth) => {
    const { topic, payload } = rebirthCommand(rebirth, clock.now());
    broker.publish(topic, payload);
  });
  observeBroker(metrics, broker);
  closers.push(() => broker.close());

  const http: HttpServer = await createHttpServer({
    sites,
    live,
    ledger: () => ledger.view(),
    quarantine: ingest.quarantine,
    strangers: ingest.strangers,
    accept: intake.accept,
    hooks,
    store: storage,
    figures: storage,
    board: openBoard(),
    metrics,
    clock,
    logger: log,
    health: async () => ({
      spool: await healthOf(() => ingest.check()),
      store: await healthOf(() => storage.ping()),
    }),
    ...security.http,
  });
  closers.push(() => http.close());
  closers.push(() => security.endWebSockets());
  const addresses = await security.openDoors(broker, http);
  return { ...addresses, ingest, innerPassword: security.innerPassword };
};
