import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connectAsync } from 'mqtt';
import type { LedgerView } from '../ingest/ledger.ts';
import { type Running, start } from './process.ts';
import type { PublisherOptions, PublisherResult } from './publisher.ts';

const streams = 500;
/** Of them those that are timed. */
const timed = 10;
/** Live messages a second: a street of 12,000 devices that report once a minute. */
const livePerSecond = 200;
const liveS = 10;
const seats = 48;
const rounds = 3;
const saturated = { connections: 48, window: 25, messages: 60_000 };
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

/** Messages a second at saturation, live ones: each round is of a later day. The store has caught up before and after. */
const rateOf = async (running: Running, day: number): Promise<number> => {
  const { messages, seconds } = await publish(running, { ...saturated, day });
  for (;;) {
    const ledger: LedgerView = JSON.parse(await (await fetch(`${running.ready.http}/api/v1/ledger`)).text());
    if (ledger.spooled === 0) return messages / seconds;
    await wait(100);
  }
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

const rates = (values: readonly number[]): string =>
  values.map((value) => Math.round(value).toLocaleString('en')).join(', ');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What 500 open event streams cost in memory and in ingest, and how soon a reader knows. */
export const benchStreams = async (): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'aperto-bench-'));
  const parameters = ['up', '--data', data, '--mqtt-port', '0', '--http-port', '0', '--log-level', 'warn'];
  const gateway = await start(new URL('../cli/aperto.js', import.meta.url), parameters);
  try {
    const url = `${gateway.ready.http}/api/v1/sites/via-rossini/events`;
    const hold = () => start(new URL('./stream-holder.js', import.meta.url), [url, String(streams - timed)]);
    let day = 40;
    for (let warm = 0; warm < 2; warm++) await rateOf(gateway, day--);
    // What the same news cost without readers but the timed ones is no cost of the streams.
    await measureLive(gateway, url);
    const before = gateway.memoryBytes();
    const readers = await hold();
    const live = await measureLive(gateway, url);
    const after = gateway.memoryBytes();
    await readers.stop();
    const alone: number[] = [];
    const beside: number[] = [];
    for (let round = 0; round < rounds; round++) {
      alone.push(await rateOf(gateway, day--));
      const held = await hold();
      beside.push(await rateOf(gateway, day--));
      await held.stop();
    }
    say(`${streams} streams cost ${((after - before) / mb).toFixed(0)} MB after ${liveS} s of news`);
    say(
      `publish to event: p50 ${live.p50Ms} ms, p99 ${live.p99Ms} ms, max ${live.maxMs} ms (${livePerSecond} msg/s, ${live.events} events at ${timed} of the streams)`,
    );
    say(
      `ingest of live messages at saturation, msg/s alone: ${rates(alone)}; beside the streams: ${rates(beside)}`,
    );
    say(`best of each: ${((Math.max(...beside) / Math.max(...alone) - 1) * 100).toFixed(1)} %`);
  } finally {
    await gateway.stop();
    await rm(data, { recursive: true, force: true });
  }
};
