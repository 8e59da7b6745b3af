import { expect, test, vi } from 'vitest';
import { ApertoError } from '../model/errors.ts';
import { away, drainOf, receive } from '../test/support/drain.ts';
import { ScriptedStore } from '../test/support/scripted-store.ts';
import { appendAll, itemOf, messageOf, openSpool, pointOf, range, spoolPath } from '../test/support/spool.ts';
import { imbalance } from './ledger.ts';
import type { Spool } from './spool/spool.ts';

/** Waits until nothing waits for the store. */
const drained = (spool: Spool): Promise<void> =>
  vi.waitFor(async () => expect((await spool.stats()).waitingPoints).toBe(0), { timeout: 10_000 });

test('carries all that waits, oldest first, each message once, and the books follow', async () => {
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 10, bytesMax: 1e6 });
  const store = new ScriptedStore();
  const { drain, ledger } = drainOf(spool, store);
  await receive(spool, ledger, range(0, 95));
  drain.start();
  await drained(spool);
  expect(store.writes.flat()).toEqual(range(0, 95));
  await vi.waitFor(() => expect(ledger.view()).toMatchObject({ received: 95, stored: 95, spooled: 0 }));
  expect(imbalance(ledger.view())).toBe(0);
});

test('wakes on a commit while it is idle', async () => {
  const spool = await openSpool(spoolPath());
  const store = new ScriptedStore();
  const { drain } = drainOf(spool, store);
  drain.start();
  for (const number of range(0, 5)) {
    await appendAll(spool, [number]);
    await vi.waitFor(() => expect(store.times).toEqual(range(0, number + 1)));
  }
});

test('a store that is away gets the same points until it is back, and it shows meanwhile', async () => {
  const spool = await openSpool(spoolPath());
  const failures: (string | undefined)[] = [];
  const store = new ScriptedStore(away(), away(), away(), (points) => {
    failures.push(drain.failure?.message);
    return { stored: points.length, rejected: [] };
  });
  const { drain, ledger, waits, warnings } = drainOf(spool, store);
  await receive(spool, ledger, [1, 2, 3]);
  drain.start();
  await drained(spool);
  expect(store.writes).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(warnings).toEqual(['away', 'away', 'away']);
  expect(failures).toEqual(['away']);
  await vi.waitFor(() => expect(drain.failure).toBeUndefined());
  // Doubling from 200 ms, with jitter in the upper half.
  for (const [index, ceiling] of [200, 400, 800].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(ceiling / 2);
    expect(waits[index]).toBeLessThan(ceiling);
  }
});

test('waits as long as the store asked for, within reason', async () => {
  const spool = await openSpool(spoolPath());
  const store = new ScriptedStore(away(5_000), away(0), away(1e12));
  const { drain, waits } = drainOf(spool, store);
  await appendAll(spool, [1]);
  drain.start();
  await drained(spool);
  expect(waits.slice(0, 3)).toEqual([5_000, 0, 600_000]);
});

test('an error of no kind that we know is waited out too', async () => {
  const spool = await openSpool(spoolPath());
  const store = new ScriptedStore(new TypeError('socket hang up'));
  const { drain, warnings } = drainOf(spool, store);
  await appendAll(spool, [1]);
  drain.start();
  await drained(spool);
  expect(store.times).toEqual([1]);
  expect(warnings[0]).toContain('socket hang up');
});

test('messages that the store rejects are quarantined, counted and never tried again', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const store = new ScriptedStore((points) => ({
    stored: points.length - 2,
    rejected: [
      { index: 1, reason: 'too old' },
      { index: 3, reason: 'too old' },
    ],
  }));
  const { drain, ledger, warnings } = drainOf(spool, store);
  await receive(spool, ledger, range(0, 5));
  drain.start();
  await drained(spool);
  expect(store.times).toEqual([0, 2, 4]);
  const rows = await spool.listQuarantine({ limit: 10 });
  expect(rows.map(({ reason, payload }) => [reason, payload])).toEqual([
    ['store_rejected', JSON.stringify([pointOf(3)])],
    ['store_rejected', JSON.stringify([pointOf(1)])],
  ]);
  expect(warnings).toEqual(['the store will not take: too old']);
  await vi.waitFor(() =>
    expect(ledger.view()).toMatchObject({ stored: 3, spooled: 0, quarantined: { store_rejected: 2 } }),
  );
  expect(imbalance(ledger.view())).toBe(0);

  await drain.stop();
  await spool.close();
  expect((await openSpool(path)).opened.accounts).toEqual({
    received: 5,
    stored: 3,
    'quarantined:store_rejected': 2,
  });
});

test('a batch that the store refuses as a whole does not stop the queue', async () => {
  const spool = await openSpool(spoolPath());
  const never = new ApertoError('store_rejected', 'field type conflict');
  const store = new ScriptedStore(never, never, never);
  const { drain, ledger } = drainOf(spool, store);
  await receive(spool, ledger, range(0, 4));
  drain.start();
  await drained(spool);
  expect(store.times).toEqual([1, 2, 3]);
  await vi.waitFor(() =>
    expect(ledger.view()).toMatchObject({ stored: 3, quarantined: { store_rejected: 1 } }),
  );
});

test('points of our own that the store rejects are no message of the books', async () => {
  const spool = await openSpool(spoolPath());
  const store = new ScriptedStore(() => ({ stored: 0, rejected: [{ index: 0, reason: 'no' }] }));
  const { drain, ledger } = drainOf(spool, store);
  await spool.append(itemOf({ points: messageOf(1).points, messages: 0 }));
  drain.start();
  await drained(spool);
  expect(await spool.listQuarantine({ limit: 1 })).toEqual([]);
  expect(ledger.view()).toMatchObject({ stored: 0, spooled: 0, quarantined: {} });
});
