import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { imbalance } from '../../ingest/ledger.ts';
import { startAperto } from '../support/aperto.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { underStrace } from './strace.ts';
import { Sender } from './torture/sender.ts';
import { readDuckDb } from './torture/stored.ts';

const firstStamp = Date.now() - 2 * 24 * 3_600_000;

test('a device is turned away while the disk is full, told why in the log, and goes on when there is room', async () => {
  const data = temporaryDirectory();
  const spool = join(data, 'spool.db');
  const injection = { call: 'pwrite64', error: 'ENOSPC', when: '100..160' } as const;
  const aperto = await startAperto({ data, under: await underStrace([spool, `${spool}-wal`], injection) });
  const port = Number(new URL(aperto.mqtt).port);
  const device = new Sender('S07', (number) => ({
    topic: 'aperto/1/via-rossini/seat/S07',
    payload: JSON.stringify({ t: firstStamp + number, occupied: number % 2 === 0 }),
  }));

  let turnedAway = 0;
  await device.connect(port);
  await vi.waitFor(
    async () => {
      await Promise.race([device.closed(), vi.waitUntil(() => device.sent > 2_000, { timeout: 20_000 })]);
      if (device.sent > 2_000) return;
      turnedAway++;
      await device.connect(port);
      throw new Error('not yet');
    },
    { timeout: 30_000, interval: 1 },
  );
  device.disconnect();
  await device.connect(port, { news: false });
  await vi.waitFor(() => expect(device.unacked).toBe(0), { timeout: 10_000 });
  await vi.waitFor(async () => expect((await aperto.ledger()).spooled).toBe(0), { timeout: 10_000 });

  const ledger = await aperto.ledger();
  expect(turnedAway).toBeGreaterThan(3);
  expect(imbalance(ledger)).toBe(0);
  expect(ledger.stored).toBe(device.sent);
  expect(ledger.refused.spool_full).toBeGreaterThanOrEqual(turnedAway);
  expect(aperto.said()).toContain('the spool or its disk is full');
  expect(await aperto.stop()).toBe(0);
  const rows = await readDuckDb(join(data, 'aperto.duckdb'), (read) => read('S07', 'occupied'));
  expect(rows.length).toBe(device.sent);
  expect(new Set(rows.map(([time]) => time)).size).toBe(device.sent);
});
