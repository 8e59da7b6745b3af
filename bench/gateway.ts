import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LedgerView } from '../ingest/ledger.ts';
import { type Running, start } from './process.ts';
import type { PublisherOptions, PublisherResult } from './publisher.ts';

const saturated = { connections: 48, window: 25, messages: 400_000, day: 20 };
const steady = { connections: 48, window: 25, messages: 50_000, rate: 5_000, day: 10 };

interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly saturated: PublisherResult;
  readonly steady: PublisherResult;
}

const publish = async (
  running: Running,
  options: Omit<PublisherOptions, 'port'>,
): Promise<PublisherResult> => {
  const port = Number(new URL(running.ready.mqtt ?? '').port);
  const file = new URL('./publisher.js', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [
    file,
    JSON.stringify({ port, ...options }),
  ]);
  return JSON.parse(stdout);
};

const measure = async (running: Running): Promise<Measured> => {
  // Until the code that is measured is compiled, both alike.
  await publish(running, { ...saturated, messages: 200_000, day: 25 });
  const before = running.cpuSeconds();
  const full = await publish(running, saturated);
  const cpuMicros = ((running.cpuSeconds() - before) / full.messages) * 1e6;
  return {
    perSecond: full.messages / full.seconds,
    cpuMicros,
    saturated: full,
    steady: await publish(running, steady),
  };
};

const print = (name: string, { perSecond, cpuMicros, saturated, steady }: Measured): void => {
  const columns = [
    name.padEnd(28),
    `${Math.round(perSecond).toLocaleString('en')} msg/s`.padStart(15),
    `${cpuMicros.toFixed(1)} µs CPU`.padStart(13),
    `p99 ${saturated.p99Ms.toFixed(1)} ms full`.padStart(18),
    `p99 ${steady.p99Ms.toFixed(1)} ms at ${steady.messages / 10 / 1000}k/s`.padStart(22),
  ];
  process.stdout.write(`${columns.join('  ')}\n`);
};

/**
 * Durable QoS 1 through gateway, spool and DuckDB beside the same publisher against a bare aedes, in one run.
 * CPU is that of the server's process, all threads; messages are those of via Rossini's seats.
 */
export const benchGateway = async (): Promise<void> => {
  const bare = await start(new URL('./bare.js', import.meta.url), []);
  const baseline = await measure(bare).finally(() => bare.stop());
  print('aedes alone, stores nothing', baseline);

  const data = await mkdtemp(join(tmpdir(), 'aperto-bench-'));
  const parameters = ['up', '--data', data, '--mqtt-port', '0', '--http-port', '0', '--log-level', 'warn'];
  const gateway = await start(new URL('../cli/aperto.js', import.meta.url), parameters);
  try {
    const durable = await measure(gateway);
    print('aperto, durable to DuckDB', durable);
    process.stdout.write(
      `durable at ${((durable.perSecond / baseline.perSecond) * 100).toFixed(0)} % of the bare rate\n`,
    );
    const ledger: LedgerView = JSON.parse(await (await fetch(`${gateway.ready.http}/api/v1/ledger`)).text());
    process.stdout.write(`books: ${JSON.stringify(ledger)}\n`);
  } finally {
    await gateway.stop();
    await rm(data, { recursive: true, force: true });
  }
};
