import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LedgerView } from '../ingest/ledger.ts';
import { type Influx, startInflux } from '../test/services/influx.ts';
import { type Mosquitto, startMosquitto } from '../test/services/mosquitto.ts';
import { cpuSecondsOf, type Running, start } from './process.ts';
import type { PublisherResult } from './publisher.ts';

const load = { connections: 48, window: 25 };
const warmUp = 30_000;
const messages = 100_000;
const pollMs = 100;

/** As docs/operate.md has it: without the first, Mosquitto drops what is over 1,000 waiting messages of a worker. */
const config = ['max_queued_messages 0', 'max_inflight_messages 0', 'set_tcp_nodelay true', 'log_dest none'];

interface Ready {
  readonly workers: readonly { readonly http: string; readonly pid: number }[];
}

interface Setting {
  readonly workers: number;
  readonly store: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Another for each run: what was published before would be repeats. */
  readonly day: number;
}

const ledgerOf = async (http: string): Promise<LedgerView> =>
  JSON.parse(await (await fetch(`${http}/api/v1/ledger`)).text());

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const publish = async (port: number, count: number, day: number): Promise<PublisherResult> => {
  const file = new URL('./publisher.js', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [
    file,
    JSON.stringify({ port, day, messages: count, ...load }),
  ]);
  return JSON.parse(stdout);
};

/** Until so many messages have come to the workers; of them no more than one window each is on its way to the disk. */
const untilReceived = async ({ workers }: Ready, messages: number): Promise<void> => {
  const received = async (): Promise<number> =>
    sum((await Promise.all(workers.map(({ http }) => ledgerOf(http)))).map((ledger) => ledger.received));
  while ((await received()) < messages) await wait(pollMs);
};

/** From the first publish until all of it was taken; CPU is that of the workers, all threads. */
const measure = async (
  { ready }: Running<Ready>,
  broker: Mosquitto,
  day: number,
  before: number,
  count: number,
) => {
  const cpuBefore = sum(ready.workers.map(({ pid }) => cpuSecondsOf(pid)));
  const startedAt = performance.now();
  const [published] = await Promise.all([
    publish(broker.port, count, day),
    untilReceived(ready, before + count),
  ]);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = sum(ready.workers.map(({ pid }) => cpuSecondsOf(pid))) - cpuBefore;
  return { published, perSecond: count / seconds, cpuMicros: (cpuSeconds / count) * 1e6 };
};

const run = async ({ workers, store, environment, day }: Setting): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'aperto-bench-'));
  const broker = await startMosquitto({ config });
  const words = ['ingest', '--broker', broker.url, '--workers', String(workers), '--store', store];
  const running = await start<Ready>(
    new URL('../cli/aperto.js', import.meta.url),
    [...words, '--data', data, '--http-port', '0', '--log-level', 'warn'],
    environment,
  );
  try {
    await measure(running, broker, day + 1, 0, warmUp);
    const { perSecond, cpuMicros, published } = await measure(running, broker, day, warmUp, messages);
    const columns = [
      `${workers} worker${workers > 1 ? 's' : ''}, ${store}`.padEnd(20),
      `${Math.round(perSecond).toLocaleString('en')} durable msg/s`.padStart(22),
      `${cpuMicros.toFixed(1)} µs CPU a message`.padStart(24),
      `broker took ${Math.round(published.messages / published.seconds).toLocaleString('en')} msg/s`.padStart(
        28,
      ),
    ];
    process.stdout.write(`${columns.join('  ')}\n`);
  } finally {
    await running.stop();
    await broker.stop();
    await rm(data, { recursive: true, force: true });
  }
};

/**
 * Durable QoS 1 from a real Mosquitto, publisher and broker on the same machine, and how it grows with the workers.
 * Several workers need a store that many write to.
 */
export const benchBroker = async (): Promise<void> => {
  await run({ workers: 1, store: 'duckdb', day: 20 });
  const influx: Influx = await startInflux();
  try {
    const environment = { INFLUX_URL: influx.url, INFLUX_BUCKET: influx.database };
    for (const workers of [1, 2, 3]) {
      await run({ workers, store: 'influx', environment, day: 20 + 2 * workers });
    }
  } finally {
    await influx.stop();
  }
};
