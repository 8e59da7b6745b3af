import { devices } from '../../ingest/decode/devices/index.ts';
import { filtersOf, isNative } from '../../ingest/subscribe/filters.ts';
import { ApertoError } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { readBrokerAccess } from '../broker-access.ts';
import { clientIdOf, startBrokerService } from '../broker-service.ts';
import { runWorkers, type WorkerReady } from '../broker-workers.ts';
import { requireNoneLeft } from '../left-workers.ts';
import { loadSite } from '../load-site.ts';
import { createLog } from '../log.ts';
import { defaultSiteFile } from '../root.ts';
import { sitesById } from '../sites-by-id.ts';
import { stopSignal } from '../stop-signal.ts';

/** After this a worker ends even if a part of it does not. What was acknowledged is in the spool already. */
const closeTimeoutMs = 30_000;

export interface IngestWords {
  readonly broker: string;
  readonly site?: readonly string[];
  readonly store: string;
  readonly workers: number;
  readonly workerId?: string;
  readonly topic?: readonly string[];
  readonly nativeOnly?: true;
  readonly retire?: true;
  readonly host: string;
  readonly httpPort?: number;
  readonly data: string;
  readonly logLevel: string;
  readonly supervised?: true;
}

export const ingest = async (words: IngestWords): Promise<void> => {
  const { workers, workerId, store, httpPort } = words;
  if (workers > 1 && workerId !== undefined)
    throw new ApertoError(
      'usage',
      '--worker-id names a single worker; leave out --workers, or start each by itself',
    );
  if (workers > 1 && store !== 'influx') {
    throw new ApertoError(
      'usage',
      `--workers ${workers} --store ${store}: DuckDB's file has one owner; use --store influx, or one worker`,
    );
  }
  if (httpPort !== undefined && httpPort !== 0 && httpPort + workers - 1 > 65_535)
    throw new ApertoError('usage', `--http-port ${httpPort}: no room for ${workers} ports`);
  if (words.retire === true && workerId === undefined)
    throw new ApertoError('usage', '--retire: name the worker with --worker-id');
  if (workerId === undefined) requireNoneLeft(words.data, workers);
  await (workers > 1 ? supervise(words) : work(words));
};

const sitesOf = (files: readonly string[] | undefined): ReadonlyMap<string, Site> =>
  sitesById((files ?? [defaultSiteFile]).map(loadSite));

const wantedFilters = (
  { topic, nativeOnly }: IngestWords,
  sites: ReadonlyMap<string, Site>,
): readonly string[] => {
  const named = topic === undefined ? {} : { named: topic };
  const all = filtersOf({ sites: [...sites.values()], definitions: devices, ...named });
  const filters = nativeOnly === true ? all.filter(isNative) : all;
  if (filters.length === 0)
    throw new ApertoError('usage', `--native-only: none of --topic ${topic?.join(' ')} is below aperto/1/`);
  return filters;
};

/** One worker, in this process. */
const work = async (words: IngestWords): Promise<void> => {
  const { broker, store, workerId: worker = '1', host, httpPort, data: dataDirectory, supervised } = words;
  const sites = sitesOf(words.site);
  const log = createLog(words.logLevel);
  const stop = stopSignal();
  const service = await startBrokerService({
    sites,
    broker: readBrokerAccess(broker, process.env),
    worker,
    filters: wantedFilters(words, sites),
    readsRetained: words.nativeOnly !== true,
    makesWindows: words.nativeOnly !== true,
    store,
    dataDirectory,
    host,
    environment: process.env,
    log,
    ...(httpPort === undefined ? {} : { httpPort }),
  });
  const ready: WorkerReady = {
    worker,
    pid: process.pid,
    clientId: clientIdOf(worker),
    ...(service.http === undefined ? {} : { http: service.http }),
  };
  let isReady = false;
  const tell = (): void => {
    if (isReady) return;
    isReady = true;
    if (supervised === true) process.send?.(ready);
    else process.stdout.write(`${JSON.stringify({ event: 'ready', broker, workers: [ready] })}\n`);
  };
  // Without the one who started us nobody would end us.
  const orphaned = new Promise<void>((resolve) => {
    if (supervised === true) process.once('disconnect', resolve);
  });
  try {
    if (words.retire === true) {
      const messages = await service.retire(stop.signal);
      process.stdout.write(`${JSON.stringify({ event: 'retired', broker, worker, messages })}\n`);
    } else {
      await Promise.race([service.run(tell), stop.received, orphaned]);
    }
  } finally {
    const late = setTimeout(() => {
      log.fatal(
        { worker },
        `not closed within ${closeTimeoutMs} ms; ending. What was acknowledged is in the spool`,
      );
      process.exit(1);
    }, closeTimeoutMs);
    await service.close();
    clearTimeout(late);
    if (supervised === true && process.connected) process.disconnect();
    log.info({ worker }, 'closed; what was acknowledged is in the spool or in the store');
  }
};

/** Several workers, each in a process of its own. The first reads the vendors' formats too. */
const supervise = async (words: IngestWords): Promise<void> => {
  const { broker, workers: count, httpPort, topic } = words;
  const sites = sitesOf(words.site);
  const log = createLog(words.logLevel);
  readBrokerAccess(broker, process.env);
  wantedFilters({ ...words, nativeOnly: true }, sites);
  const stop = stopSignal();
  const known: WorkerReady[] = [];
  const common = [
    ...['--broker', broker, '--store', words.store, '--data', words.data, '--host', words.host],
    ...['--log-level', words.logLevel, '--supervised'],
    ...(words.site === undefined ? [] : ['--site', ...words.site]),
    ...(topic === undefined ? [] : ['--topic', ...topic]),
  ];
  const portOf = (worker: number, before: number | undefined): readonly string[] =>
    httpPort === undefined
      ? []
      : ['--http-port', String(before ?? (httpPort === 0 ? 0 : httpPort + worker - 1))];
  process.exitCode = await runWorkers({
    count,
    log,
    signal: stop.signal,
    words: (worker, before) => [
      'ingest',
      ...common,
      ...['--worker-id', String(worker)],
      ...portOf(worker, before),
      ...(worker > 1 || words.nativeOnly === true ? ['--native-only'] : []),
    ],
    onReady: (ready) => {
      known.push(ready);
      const line =
        known.length > count ? { event: 'restarted', ...ready } : { event: 'ready', broker, workers: known };
      if (known.length >= count) process.stdout.write(`${JSON.stringify(line)}\n`);
    },
  });
};
