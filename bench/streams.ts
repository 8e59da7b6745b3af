import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connectAsync } from 'mqtt';
import { type Running, start } from './process.ts';
import type { PublisherOptions, PublisherResult } from './publisher.ts';

const streams = 500;
/** Of them those that are timed. */
const timed = 10;
/** Live messages a second: a street of 12,000 devices that report once a minute. */
const livePerSecond = 200;
const liveS = 10;
const seats = 48;
const rounds = 2;
const saturated = { connections: 48, window: 25, messages: 100_000 };
const mb = 1024 * 1024;

const publish = async (
  { ready }: Running,
  options: Omit<PublisherOptions, 'port'>,
): Promise<PublisherResult> => {
  const file = new URL('./publisher.js', import.meta.url).pathname;
  const words = JSON.stringify({ port: Number(new URL(ready.mqtt ?? '').port), ...options });
  const { stdout } = await promisify(execFile)(process.execPath, [file, words]);
  return JSON.parse(stdout);
};

/** Messages a second at saturation, the best of some runs: what else the machine does makes it less, never more. */
const rateOf = async (running: Running, day: number): Promise<number> => {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { messages, seconds } = await publish(running, { ...saturated, day: day + round });
    rates.push(messages / seconds);
  }
  return Math.max(...rates);
};

/** Calls with the time of each reading that a stream brings. */
const readTimes = async (url: string, onTime: (time: number) => void): Promise<() => void> => {
  const request = get(url, { agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  let text = '';
  response?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const time = /\nevent: reading\n[\s\S]*"time":"([^"]+)"/.exec(block)?.[1];
      if (time !== undefined) onTime(Date.parse(time));
    }
  });
  return () => request.destroy();
};

interface Live {
  readonly events: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** From the time that a seat writes into its message, just before it publishes, to the event at a reader. */
const measureLive = async ({ ready }: Running, url: string): Promise<Live> => {
  const delays: number[] = [];
  const closers: (() => void)[] = [];
  for (let reader = 0; reader < timed; reader++)
    closers.push(await readTimes(url, (time) => delays.push(Date.now() - time)));
  const client = await connectAsync(ready.mqtt ?? '', { clientId: 'bench-live' });
  const from = performance.now();
  for (let sent = 0; sent < livePerSecond * liveS; sent++) {
    const seat = `S${String((sent % seats) + 1).padStart(2, '0')}`;
    const payload = JSON.stringify({ t: Date.now(), occupied: Math.floor(sent / seats) % 2 === 0 });
    client.publish(`aperto/1/via-rossini/seat/${seat}`, payload, { qos: 1 });
    const aheadMs = ((sent + 1) * 1000) / livePerSecond - (performance.now() - from);
    if (aheadMs > 1) await wait(aheadMs);
  }
  await wait(1_000);
  await client.endAsync();
  for (const close of closers) close();
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { events: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What 500 open event streams cost in memory and in ingest, and how soon a reader knows. */
export const benchStreams = async (): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'aperto-bench-'));
  const parameters = ['up', '--data', data, '--mqtt-port', '0', '--http-port', '0', '--log-level', 'warn'];
  const gateway = await start(new URL('../cli/aperto.js', import.meta.url), parameters);
  try {
    const url = `${gateway.ready.http}/api/v1/sites/via-rossini/events`;
    await publish(gateway, { ...saturated, day: 30 });
    const alone = await rateOf(gateway, 20);
    const before = gateway.memoryBytes();
    const holder = await start(new URL('./stream-holder.js', import.meta.url), [
      url,
      String(streams - timed),
    ]);
    const opened = gateway.memoryBytes();
    const live = await measureLive(gateway, url);
    const after = gateway.memoryBytes();
    const beside = await rateOf(gateway, 10);
    await holder.stop();
    say(
      `${streams} streams cost ${((opened - before) / mb).toFixed(0)} MB, after ${liveS} s of news ${((after - before) / mb).toFixed(0)} MB`,
    );
    say(
      `publish to event: p50 ${live.p50Ms} ms, p99 ${live.p99Ms} ms, max ${live.maxMs} ms (${livePerSecond} msg/s, ${live.events} events at ${timed} of the streams)`,
    );
    say(
      `ingest ${Math.round(alone).toLocaleString('en')} msg/s alone, ${Math.round(beside).toLocaleString('en')} beside the streams: ${((beside / alone - 1) * 100).toFixed(1)} %`,
    );
  } finally {
    await gateway.stop();
    await rm(data, { recursive: true, force: true });
  }
};
