import type { Command } from 'commander';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { simulate } from '../../simulators/simulate.ts';
import { defaultSiteFile, loadSite } from '../load-site.ts';
import { createLog, type Log } from '../log.ts';
import { reachable, toHost, toPort, toPositive, toSeed } from '../options.ts';
import type { SecurityOptions } from '../security.ts';
import { type Service, startService } from '../service.ts';
import { stopSignal } from '../stop-signal.ts';

interface UpOptions extends SecurityOptions {
  readonly site?: readonly string[];
  readonly store: string;
  readonly simulate?: true;
  readonly speed: number;
  readonly seed: number;
  readonly host: string;
  readonly mqttPort: number;
  readonly httpPort: number;
  readonly data: string;
  readonly logLevel: string;
}

/** After this the process ends even if a part does not. What was acked is in the spool already. */
const closeTimeoutMs = 10_000;

export const addUp = (program: Command): void => {
  program
    .command('up')
    .description('run gateway, ingest, store and HTTP in one process')
    .option('--site <file...>', 'site file (default: the street office of via Rossini)')
    .option('--store <store>', 'duckdb, duckdb:PATH or influx', 'duckdb')
    .option('--simulate', 'publish a simulated street to the gateway')
    .option('--speed <number>', 'simulated seconds in a second', toPositive, 1)
    .option('--seed <number>', 'seed of the simulated street', toSeed, 1)
    .option('--host <address>', 'address to listen on; beyond loopback needs secrets', toHost, '127.0.0.1')
    .option('--mqtt-port <port>', 'MQTT port, 0 for a free one', toPort, 1883)
    .option('--http-port <port>', 'HTTP port, 0 for a free one', toPort, 8080)
    .option('--data <directory>', 'where the spool and the store are kept', './data')
    .option('--credentials <file>', 'users and tokens (default: credentials.json in the data directory)')
    .option('--mqtts-port <port>', 'MQTT over TLS, 0 for a free port', toPort)
    .option('--https-port <port>', 'HTTP over TLS, 0 for a free port', toPort)
    .option('--tls-cert <file>', 'certificate of this server and those that signed it, PEM')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--tls-ca <file>', 'authority of client certificates, PEM: clients of MQTT may show one')
    .option('--tls-only', 'keep the ports without TLS on 127.0.0.1, whatever --host is')
    .option('--cors-origin <origin...>', 'origins whose pages may read the API')
    .option('--log-level <level>', 'fatal, error, warn, info, debug or trace', toLevel, 'info')
    .addHelpText(
      'after',
      `
Examples:
  aperto up --simulate                    everything at once, as npm start does
  aperto up --mqtt-port 0 --http-port 0   on free ports; the ready line says which
  INFLUX_URL=http://127.0.0.1:8086 aperto up --store influx`,
    )
    .action((options: UpOptions, command: Command) => {
      checkStreet(options, command);
      return up(options);
    });
};

/** What only a simulated street has is a mistake without one. */
const checkStreet = ({ simulate: isSimulated }: UpOptions, command: Command): void => {
  if (isSimulated === true) return;
  const alone = ['speed', 'seed'].find((name) => command.getOptionValueSource(name) === 'cli');
  if (alone !== undefined)
    throw new ApertoError('usage', `--${alone}: only with --simulate; add it, or leave --${alone} out`);
};

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
const toLevel = (text: string): string => {
  if (!levels.includes(text)) throw new ApertoError('usage', `--log-level ${text}: use ${levels.join(', ')}`);
  return text;
};

const up = async (options: UpOptions): Promise<void> => {
  const log = createLog(options.logLevel);
  const sites = (options.site ?? [defaultSiteFile]).map(loadSite);
  const service = await startService({
    sites,
    store: options.store,
    dataDirectory: options.data,
    host: options.host,
    mqttPort: options.mqttPort,
    httpPort: options.httpPort,
    environment: process.env,
    log,
    security: options,
  });
  const stop = stopSignal();
  const { mqtt, http, mqtts, https } = service;
  process.stdout.write(`${JSON.stringify({ event: 'ready', mqtt, http, mqtts, https })}\n`);
  const simulated =
    options.simulate === true ? runStreet(sites, service, options, stop.signal, log) : undefined;
  await stop.received;
  await closeInTime(async () => {
    await simulated;
    await service.close();
  }, log);
};

const runStreet = async (
  sites: readonly Site[],
  service: Service,
  { speed, seed, host }: UpOptions,
  signal: AbortSignal,
  log: Log,
): Promise<void> => {
  const broker = service.mqtt.replace(/\/\/[^:]+(?=:\d+$)/, `//${reachable(host)}`);
  const { innerPassword: password } = service;
  const streets = sites.map((site) => simulate({ broker, site, speed, seed, signal, password }));
  try {
    await Promise.all(streets);
  } catch (error) {
    log.error({}, `the simulated street stopped: ${messageOf(error)}`);
  }
};

const closeInTime = async (close: () => Promise<void>, log: Log): Promise<void> => {
  const late = setTimeout(() => {
    log.fatal({}, `not closed within ${closeTimeoutMs} ms; ending. What was acknowledged is in the spool`);
    process.exit(1);
  }, closeTimeoutMs);
  await close();
  clearTimeout(late);
  log.info({}, 'closed; what was acknowledged is in the spool or in the store');
};
