import { messageOf } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { loadSite } from '../load-site.ts';
import { createLog, type Log } from '../log.ts';
import { reachable } from '../options.ts';
import { defaultSiteFile } from '../root.ts';
import type { SecurityOptions } from '../security.ts';
import { type Service, startService } from '../service.ts';
import { stopSignal } from '../stop-signal.ts';

export interface UpWords extends SecurityOptions {
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

export const up = async (options: UpWords): Promise<void> => {
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
  { speed, seed, host }: UpWords,
  signal: AbortSignal,
  log: Log,
): Promise<void> => {
  const broker = service.mqtt.replace(/\/\/[^:]+(?=:\d+$)/, `//${reachable(host)}`);
  const { innerPassword: password } = service;
  const { simulate } = await import('../../simulators/simulate.ts');
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
