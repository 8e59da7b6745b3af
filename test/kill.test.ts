import { DuckDBInstance } from '@duckdb/node-api';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { imbalance } from '../ingest/ledger.ts';
import { type RunningAperto, startAperto, temporaryDirectory } from './support/aperto.ts';

const kills = 10;
/** Acknowledged messages between one kill and the next. */
const perRound = 400;
/** Yesterday: what is older than the store keeps would be deleted. */
const firstStamp = Date.now() - 24 * 3_600_000;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

/** Publishes numbered readings of one seat until it is told to stop; keeps what was acknowledged. */
const publishFrom = async (aperto: RunningAperto, next: () => number, acked: Set<number>) => {
  const client = await mqtt.connectAsync(aperto.mqtt, { clientId: 'S07', clean: true, reconnectPeriod: 0 });
  client.on('error', () => undefined);
  let stopped = false;
  const worker = async (): Promise<void> => {
    while (!stopped) {
      const number = next();
      const payload = JSON.stringify({ t: firstStamp + number, occupied: number % 2 === 0 });
      try {
        await client.publishAsync('aperto/1/via-rossini/seat/S07', payload, { qos: 1 });
        acked.add(number);
      } catch {
        return;
      }
    }
  };
  const workers = Promise.all(Array.from({ length: 50 }, worker));
  return async (): Promise<void> => {
    stopped = true;
    client.end(true);
    await workers;
  };
};

it(`loses no acknowledged reading when it is killed ${kills} times under load, and stores none twice`, async () => {
  const acked = new Set<number>();
  let number = 0;
  for (let round = 1; round <= kills; round++) {
    const aperto = await startAperto({ data: directory.path });
    const stop = await publishFrom(aperto, () => number++, acked);
    await vi.waitFor(() => expect(acked.size).toBeGreaterThan(round * perRound), { timeout: 20_000 });
    await aperto.kill();
    await stop();
  }

  const aperto = await startAperto({ data: directory.path });
  await vi.waitFor(async () => expect((await aperto.ledger()).spooled).toBe(0), { timeout: 20_000 });
  const ledger = await aperto.ledger();
  expect(imbalance(ledger)).toBe(0);
  expect(ledger.stored).toBeGreaterThanOrEqual(acked.size);
  expect(await aperto.stop()).toBe(0);

  const stored = await readSeat(`${directory.path}/aperto.duckdb`);
  expect(stored.length).toBe(ledger.stored);
  const found = new Map(stored);
  expect(found.size).toBe(stored.length);
  expect([...acked].filter((reading) => found.get(reading) !== Number(reading % 2 === 0))).toEqual([]);
});

/** Every row of the seat: its number and its value. */
const readSeat = async (path: string): Promise<[number, number][]> => {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(
    "select epoch_ms(time), occupied from occupancy where device = 'S07'",
  );
  connection.closeSync();
  instance.closeSync();
  return rows.getRows().map(([time, occupied]) => [Number(time) - firstStamp, Number(occupied)]);
};
