import { randomInt } from 'node:crypto';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { imbalance } from '../ingest/ledger.ts';
import { type Influx, startInflux } from './services/influx.ts';
import { type Mosquitto, startMosquitto } from './services/mosquitto.ts';
import { temporaryDirectory } from './support/directory.ts';
import { type RunningIngest, startIngest } from './support/ingest.ts';

const kills = 3;
/** Messages that the broker takes between one kill and the next. */
const perRound = 1_000;
const seats = ['S01', 'S07', 'S20', 'S33'];
const firstStamp = Date.parse('2026-06-23T08:00:00Z');

let broker: Mosquitto;
let influx: Influx;
beforeAll(async () => {
  broker = await startMosquitto({ config: ['max_queued_messages 0', 'max_inflight_messages 0'] });
  influx = await startInflux();
});
afterAll(async () => {
  await broker.stop();
  await influx.stop();
});

/** Publishes numbered readings, 2,000 a second, until it is told to stop, with the numbers that the broker has taken. */
const publishTo = async (url: string) => {
  const client = await mqtt.connectAsync(url);
  const taken = new Set<number>();
  const published: Promise<unknown>[] = [];
  const publish = async (): Promise<void> => {
    const number = published.length;
    const payload = JSON.stringify({ t: firstStamp + number, occupied: number % 2 === 0 });
    const seat = seats[number % seats.length];
    await client.publishAsync(`aperto/1/via-rossini/seat/${seat}`, payload, { qos: 1 });
    taken.add(number);
  };
  const ticking = setInterval(() => {
    for (let count = 0; count < 10; count++) published.push(publish());
  }, 5);
  const stop = async (): Promise<void> => {
    clearInterval(ticking);
    await Promise.all(published);
    await client.endAsync();
  };
  return { taken, stop };
};

const killOne = async ({ workers }: RunningIngest): Promise<void> => {
  const victim = [...workers.values()][randomInt(workers.size)];
  if (victim === undefined) throw new Error('no worker to kill');
  process.kill(victim.pid, 'SIGKILL');
  await vi.waitFor(() => expect(workers.get(victim.worker)?.pid).not.toBe(victim.pid), { timeout: 40_000 });
};

/** Number and value of every row. */
const readRows = async (): Promise<Map<number, number>> => {
  const query = new URLSearchParams({
    db: influx.database,
    epoch: 'ms',
    q: 'select occupied from occupancy group by device',
  });
  const headers = influx.token === undefined ? {} : { authorization: `Token ${influx.token}` };
  const response = await fetch(`${influx.url}/query?${query}`, { headers });
  const { results }: { results: { series: { values: [number, number][] }[] }[] } = JSON.parse(
    await response.text(),
  );
  const rows = (results[0]?.series ?? []).flatMap(({ values }) => values);
  const found = new Map(rows.map(([time, occupied]) => [time - firstStamp, occupied]));
  expect(found.size).toBe(rows.length);
  return found;
};

it(`loses and doubles nothing when ${kills} times one of three workers is killed`, async () => {
  const ingest = await startIngest({
    broker: broker.url,
    data: temporaryDirectory(),
    parameters: ['--workers', '3', '--store', 'influx', '--log-level', 'warn'],
    environment: { INFLUX_URL: influx.url, INFLUX_BUCKET: influx.database, INFLUX_TOKEN: influx.token ?? '' },
  });
  expect([...ingest.workers.values()].map(({ clientId }) => clientId)).toEqual([
    'aperto-ingest-1',
    'aperto-ingest-2',
    'aperto-ingest-3',
  ]);
  const { taken, stop } = await publishTo(broker.url);
  for (let round = 1; round <= kills; round++) {
    await vi.waitFor(() => expect(taken.size).toBeGreaterThan(round * perRound), { timeout: 20_000 });
    await killOne(ingest);
  }
  await stop();

  const total = (ledgers: readonly { stored: number }[]): number =>
    ledgers.reduce((sum, { stored }) => sum + stored, 0);
  await vi.waitFor(async () => expect(total(await ingest.ledgers())).toBeGreaterThanOrEqual(taken.size), {
    timeout: 30_000,
    interval: 200,
  });
  await vi.waitFor(async () =>
    expect((await ingest.ledgers()).map(({ spooled }) => spooled)).toEqual([0, 0, 0]),
  );
  const ledgers = await ingest.ledgers();
  expect(ledgers.map(imbalance)).toEqual([0, 0, 0]);
  for (const { stored, quarantined, refused } of ledgers) {
    expect(stored).toBeGreaterThan(0);
    expect({ quarantined, refused }).toEqual({ quarantined: {}, refused: {} });
  }
  // What was delivered again is in the books as a repeat, so that what is stored was stored once.
  expect(total(ledgers)).toBe(taken.size);
  const rows = await readRows();
  expect(rows.size).toBe(taken.size);
  expect([...taken].filter((number) => rows.get(number) !== Number(number % 2 === 0))).toEqual([]);
  expect(await ingest.stop(), ingest.log.join('')).toBe(0);
});
