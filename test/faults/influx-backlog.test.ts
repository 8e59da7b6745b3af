import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import mqtt from 'mqtt';
import { expect, onTestFinished, test, vi } from 'vitest';
import { imbalance } from '../../ingest/ledger.ts';
import { request } from '../../store/influx/http.ts';
import { freePort } from '../services/free-port.ts';
import { startInflux } from '../services/influx.ts';
import { type RunningAperto, startAperto } from '../support/aperto.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { createFaultyFront, type Fault, type FaultyFront } from './backlog/front.ts';

/** The suite has a small one; `npm run backlog` the million. */
const points = Number(process.env.BACKLOG_POINTS ?? 40_000);
const perSecond = points < 1_000_000 ? 20_000 : 5_000;
/** Each of 48 seats says something every ten seconds: the million is two days and a half of them. */
const stepMs = 10_000;
const timeout = 600_000;
/** Of the whole process: doors, threads and engines together. Beside other tests it is looked at less often for garbage. */
const memoryMbMax = points < 1_000_000 ? 400 : 300;
/** Each write takes so much longer than the server needs. */
const slowMs = points < 1_000_000 ? 900 : 600;
/** Writes to the store before a new reading is there, in a backlog and at its end. */
const writesMax = 14;

/** Each costs the drain one more try. */
const faults: readonly Fault[] = [
  ...[401, 403, 404, 429, 500, 503].map((status): Fault => ({ status, headers: { 'retry-after': '0' } })),
  { status: 503, fault: 'half' },
];

const memoryMb = ({ pid }: RunningAperto, name: 'VmRSS' | 'VmHWM'): number => {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) / 1_024);
};

const mqttPort = ({ mqtt: url }: RunningAperto): number => Number(new URL(url).port);

const publish = async (aperto: RunningAperto, messages: number): Promise<void> => {
  const publisher = new URL('../../dist/bench/publisher.js', import.meta.url).pathname;
  const options = {
    port: mqttPort(aperto),
    connections: 48,
    window: 100,
    messages,
    rate: perSecond,
    day: 20,
    stepMs,
  };
  await promisify(execFile)(process.execPath, [publisher, JSON.stringify(options)]);
};

/** What the server was given, and how long a device that goes on waits for its readings to be there. */
class Watch {
  /** By the number of the reading: when it was sent, and after how many writes. */
  readonly #sent: { readonly atMs: number; readonly writes: number }[] = [];
  readonly #seen = new Set<number>();
  /** The write that had the last word on each reading of one seat. */
  readonly #lastWrites = new Map<number, number>();
  readonly lags: { readonly ms: number; readonly writes: number }[] = [];
  #writes = 0;
  #firstMs = Number.POSITIVE_INFINITY;

  constructor(front: FaultyFront, database: string) {
    front.onTaken = (lines, bucket) => {
      // Windows are written beside it.
      if (bucket !== database) return;
      this.#writes++;
      this.#firstMs = Math.min(this.#firstMs, performance.now());
      for (const line of lines) this.#take(line);
    };
  }

  get sent(): number {
    return this.#sent.length;
  }

  /** The next reading of the device. */
  next(): string {
    const number = this.#sent.push({ atMs: performance.now(), writes: this.#writes });
    return JSON.stringify({ in_total: number });
  }

  /** Writes of the readings of one seat by their last word, in order of the time of the readings. */
  inOrderOfTime(): number[] {
    return [...this.#lastWrites].sort(([one], [other]) => one - other).map(([, write]) => write);
  }

  #take(line: string): void {
    if (line.startsWith('occupancy,device=S01,'))
      this.#lastWrites.set(Number(line.slice(line.lastIndexOf(' '))), this.#writes);
    const number = Number(/device=C1,.* in_total=(\d+)i /.exec(line)?.[1]);
    const sent = this.#sent[number - 1];
    if (sent === undefined || this.#seen.has(number)) return;
    this.#seen.add(number);
    const ms = performance.now() - Math.max(sent.atMs, this.#firstMs);
    this.lags.push({ ms, writes: this.#writes - sent.writes });
  }
}

test(`InfluxDB is away for ${points} points, then slow and full of errors`, { timeout }, async () => {
  const influx = await startInflux();
  onTestFinished(() => influx.stop());
  const front = await createFaultyFront(influx.url, await freePort());
  onTestFinished(() => front.stop());
  const environment = {
    INFLUX_URL: front.url,
    INFLUX_BUCKET: influx.database,
    INFLUX_TOKEN: influx.token ?? '',
    INFLUX_ORG: influx.org ?? '',
    // As in the image.
    MALLOC_ARENA_MAX: '2',
  };
  const data = temporaryDirectory();
  const aperto = await startAperto({
    data,
    parameters: ['--store', 'influx'],
    environment,
    isAsShipped: true,
  });
  onTestFinished(() => aperto.kill());
  const idleMb = memoryMb(aperto, 'VmRSS');
  await publish(aperto, points);
  const filledMb = memoryMb(aperto, 'VmHWM');
  expect((await aperto.ledger()).spooled).toBeGreaterThanOrEqual(points);

  const watch = new Watch(front, influx.database);
  front.slowMs = slowMs;
  front.faults.push(...faults);
  await front.begin();
  const device = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort(aperto)}`, { clientId: 'counter' });
  const sending = setInterval(
    () => device.publish('aperto/1/via-rossini/counter/C1', watch.next(), { qos: 1 }),
    50,
  );
  onTestFinished(() => clearInterval(sending));
  const began = performance.now();
  const stored = async (): Promise<number> => (await aperto.ledger()).stored;
  await vi.waitFor(async () => expect(await stored()).toBeGreaterThan(points), { timeout, interval: 200 });
  const drainedS = (performance.now() - began) / 1000;
  clearInterval(sending);
  await device.endAsync();
  await vi.waitFor(async () => expect((await aperto.ledger()).spooled).toBe(0), { timeout, interval: 100 });

  const peakMb = memoryMb(aperto, 'VmHWM');
  const ledger = await aperto.ledger();
  const lags = watch.lags.toSorted((one, other) => one.ms - other.ms);
  const seconds = (ms = 0): string => (ms / 1000).toFixed(1);
  process.stdout.write(
    `${points} points, ${perSecond}/s; drained ${drainedS.toFixed(1)} s after the store was back; ` +
      `memory ${idleMb} MB idle, ${filledMb} filled, ${peakMb} at most; a new reading is in the store after ` +
      `${seconds(lags[lags.length >> 1]?.ms)} s (median), ${seconds(lags.at(-1)?.ms)} s (longest)\n`,
  );
  expect(imbalance(ledger)).toBe(0);
  expect(ledger).toMatchObject({ stored: points + watch.sent, spooled: 0, quarantined: {}, refused: {} });
  expect(lags).toHaveLength(watch.sent);
  expect(Math.max(...lags.map(({ writes }) => writes))).toBeLessThanOrEqual(writesMax);
  const inOrder = watch.inOrderOfTime();
  expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
  expect(peakMb).toBeLessThan(memoryMbMax);
  expect(await aperto.stop()).toBe(0);

  const q = 'SELECT COUNT(occupied), COUNT(in_total) FROM occupancy';
  const { url, token, database: db } = influx;
  const reply = await request({ url, token, timeoutMs: 60_000 }, { path: '/query', parameters: { db, q } });
  expect(JSON.parse(reply.body).results[0].series[0].values[0].slice(1)).toEqual([points, watch.sent]);
});
