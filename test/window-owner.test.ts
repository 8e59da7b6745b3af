import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Influx, startInflux } from './services/influx.ts';
import { type Mosquitto, startMosquitto } from './services/mosquitto.ts';
import { temporaryDirectory } from './support/directory.ts';
import { type RunningIngest, startIngest } from './support/ingest.ts';

const minute = 60_000;
/** Yesterday at eight, so that all windows are over. */
const start = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 16 * 60 * minute;
const seats = ['S01', 'S07', 'S20', 'S33'];

let broker: Mosquitto;
let influx: Influx;
beforeAll(async () => {
  broker = await startMosquitto({ config: ['max_queued_messages 0', 'max_inflight_messages 0'] });
  influx = await startInflux();
});
afterAll(async () => {
  await influx.dropDatabase(`${influx.database}_rollup`);
  await influx.stop();
  await broker.stop();
});

/** Each seat is taken in the first half of an hour, told every minute; the broker deals messages out to the workers. */
const publishHour = async (hour: number): Promise<void> => {
  const client = await mqtt.connectAsync(broker.url);
  for (let at = 0; at < 60; at++) {
    await Promise.all(
      seats.map((seat) => {
        const payload = JSON.stringify({ t: start + (hour * 60 + at) * minute, occupied: at < 30 });
        return client.publishAsync(`aperto/1/via-rossini/seat/${seat}`, payload, { qos: 1 });
      }),
    );
  }
  await client.endAsync();
};

interface Row {
  readonly seat: string;
  readonly time: string;
  readonly value?: number;
  readonly validMinutes: number;
}

const askAll = async <Answer>({ workers }: RunningIngest, path: string): Promise<readonly Answer[]> =>
  await Promise.all(
    [...workers.values()].map(async ({ http }) => {
      const answer: Answer = JSON.parse(await (await fetch(http + path)).text());
      return answer;
    }),
  );

/** Occupied share and known minutes of each hour of each seat, as every worker tells them. */
const hoursOf = async (ingest: RunningIngest, hours: number): Promise<readonly unknown[]> => {
  const query = new URLSearchParams({
    by: 'seat',
    every: 'PT1H',
    from: new Date(start).toISOString(),
    to: new Date(start + hours * 60 * minute).toISOString(),
  });
  const path = `/api/v1/sites/via-rossini/kpi/time_occupancy?${query}`;
  return (await askAll<{ rows: readonly Row[] }>(ingest, path)).map(({ rows }) =>
    rows.filter(({ seat }) => seats.includes(seat)).map(({ value, validMinutes }) => [value, validMinutes]),
  );
};
const expected = (hours: number) => Array.from({ length: hours * seats.length }, () => [0.5, 60]);

it('one of three workers makes the windows of what all store, and makes up for the time in which it was dead', async () => {
  const ingest = await startIngest({
    broker: broker.url,
    data: temporaryDirectory(),
    parameters: ['--workers', '3', '--store', 'influx', '--log-level', 'warn'],
    environment: { INFLUX_URL: influx.url, INFLUX_BUCKET: influx.database, INFLUX_TOKEN: influx.token ?? '' },
  });
  await publishHour(0);
  await vi.waitFor(
    async () => {
      // The last report of the hour holds beyond it: the hour is whole.
      for (const told of await hoursOf(ingest, 1)) expect(told).toEqual(expected(1));
    },
    { timeout: 60_000, interval: 500 },
  );
  const stored = (await ingest.ledgers()).map(({ stored: messages }) => messages);
  expect(stored.reduce((sum, messages) => sum + messages, 0)).toBe(60 * seats.length);
  for (const messages of stored) expect(messages).toBeGreaterThan(0);

  const maker = ingest.workers.get('1');
  if (maker === undefined) throw new Error('no worker 1');
  process.kill(maker.pid, 'SIGKILL');
  await publishHour(1);
  await vi.waitFor(
    async () => {
      expect(ingest.workers.get('1')?.pid).not.toBe(maker.pid);
      for (const told of await hoursOf(ingest, 2)) expect(told).toEqual(expected(2));
    },
    { timeout: 90_000, interval: 500 },
  );
  // All workers know how far the windows are, by the one that makes them.
  const name = 'aperto_rollup_watermark_seconds\\{site="via-rossini"\\}';
  await vi.waitFor(
    async () => {
      for (const worker of ['1', '2', '3']) {
        expect(await ingest.metric(worker, name)).toBeGreaterThan(start / 1000 + 7_200);
      }
    },
    { timeout: 90_000, interval: 1_000 },
  );
  expect(ingest.log.join('')).not.toContain('makes windows of the same sites');
  expect(await ingest.stop(), ingest.log.join('')).toBe(0);
}, 300_000);
