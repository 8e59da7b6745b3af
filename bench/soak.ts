import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { imbalance, type LedgerView } from '../ingest/ledger.ts';
import { type Running, start } from './process.ts';
import type { PublisherOptions, PublisherResult } from './publisher.ts';
import { isFlat } from './trend.ts';

/**
 * `npm run soak -- --minutes 30 --rate 5000`: memory and latency by minute, and whether they are flat. The first fifth
 * of the time does not count: engines warm up, windows fill.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string', default: '5000' } },
});
const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
const warmUp = Math.max(1, Math.floor(minutes / 5));
const connections = 48;
/** Between the readings of one seat, by their own time: more often none reports, and denser windows would be of no place. */
const stepMs = 1_000;
const firstDay = 20;
/** Of a seat's own time, what one minute of publishing covers. */
const daysPerMinute = ((rate * 60) / connections) * (stepMs / 86_400_000);
const sampleMs = 2_000;

interface Minute extends PublisherResult {
  /** Largest resident memory within the minute. */
  readonly memoryMb: number;
  readonly spoolMb: number;
}

const toMb = (bytes: number): number => bytes / 1_048_576;

const publishFor = async (running: Running, messages: number, day: number): Promise<PublisherResult> => {
  const port = Number(new URL(running.ready.mqtt ?? '').port);
  const options: PublisherOptions = { port, connections, window: 100, messages, rate, day, stepMs };
  const file = new URL('./publisher.js', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(options)]);
  return JSON.parse(stdout);
};

const get = async (running: Running, path: string): Promise<string> =>
  (await fetch(new URL(path, running.ready.http))).text();

const soakMinute = async (running: Running, minute: number): Promise<Minute> => {
  let largest = 0;
  const sampling = setInterval(() => {
    largest = Math.max(largest, running.memoryBytes());
  }, sampleMs);
  const published = await publishFor(running, rate * 60, firstDay - (minute - 1) * daysPerMinute);
  clearInterval(sampling);
  const spoolBytes = /^aperto_spool_bytes (\S+)$/m.exec(await get(running, '/metrics'))?.[1];
  return { ...published, memoryMb: toMb(largest), spoolMb: toMb(Number(spoolBytes)) };
};

const row = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell).padStart(10)).join('')}\n`;

const data = await mkdtemp(join(tmpdir(), 'aperto-soak-'));
const parameters = ['up', '--data', data, '--mqtt-port', '0', '--http-port', '0', '--log-level', 'warn'];
const running = await start(new URL('../cli/aperto.js', import.meta.url), parameters);
try {
  const all: Minute[] = [];
  process.stdout.write(row(['minute', 'msg/s', 'p50 ms', 'p99 ms', 'max ms', 'memory MB', 'spool MB']));
  for (let minute = 1; minute <= minutes; minute++) {
    const measured = await soakMinute(running, minute);
    all.push(measured);
    const { messages, seconds, p50Ms, p99Ms, maxMs, memoryMb, spoolMb } = measured;
    process.stdout.write(row([String(minute), messages / seconds, p50Ms, p99Ms, maxMs, memoryMb, spoolMb]));
  }
  const counted = all.slice(warmUp);
  const flat = {
    memory: isFlat(
      counted.map(({ memoryMb }) => memoryMb),
      0.1,
      5,
    ),
    latency: isFlat(
      counted.map(({ p99Ms }) => p99Ms),
      0.25,
      2,
    ),
    spool: isFlat(
      counted.map(({ spoolMb }) => spoolMb),
      0.1,
      5,
    ),
  };
  const ledger: LedgerView = JSON.parse(await get(running, '/api/v1/ledger'));
  const balanced = imbalance(ledger) === 0 && ledger.received === all.length * rate * 60;
  for (const [name, holds] of Object.entries({ ...flat, 'the books': balanced })) {
    process.stdout.write(`${name}: ${holds ? (name in flat ? 'flat' : 'balance') : 'NOT SO'}\n`);
  }
  if (counted.length < 3) process.stdout.write('too short for a verdict: run at least five minutes\n');
  if (!balanced || Object.values(flat).includes(false)) process.exitCode = 1;
} finally {
  await running.stop();
  await rm(data, { recursive: true, force: true });
}
