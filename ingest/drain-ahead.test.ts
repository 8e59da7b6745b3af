import { expect, test, vi } from 'vitest';
import { limits } from '../model/limits.ts';
import { pointKey } from '../model/point.ts';
import { away, drainOf, receive } from '../test/support/drain.ts';
import { ScriptedStore } from '../test/support/scripted-store.ts';
import { itemOf, messageOf, openSpool, pointOf, range, spoolPath } from '../test/support/spool.ts';
import { type Account, imbalance, type Ledger } from './ledger.ts';
import { encodeBody } from './spool/body.ts';
import type { Spool } from './spool/spool.ts';

const write = limits.storeBatchPointsMax;
const backlog = 8 * write;
/** Whatever waits is a backlog. */
const patience = { behindMs: 0 };

/** Fills a spool with messages of one point each, so many in a batch. */
const fill = async (spool: Spool, ledger: Ledger, perBatch = 500): Promise<void> => {
  for (let from = 0; from < backlog; from += perBatch) {
    const body = encodeBody(range(from, from + perBatch).map(messageOf));
    const accounts = new Map<Account, number>([['spooled', perBatch]]);
    for (let count = 0; count < perBatch; count++) ledger.receive(1);
    await spool.append({ batch: { body, messages: perBatch, points: perBatch }, accounts });
    ledger.leave('spooled', perBatch);
  }
};

/** A spool with a backlog, and a drain that has carried all of it. */
const drained = async (store: ScriptedStore, changes = {}) => {
  const spool = await openSpool(spoolPath());
  const { drain, ledger, warnings } = drainOf(spool, store, { ...patience, ...changes });
  await fill(spool, ledger);
  drain.start();
  await vi.waitFor(() => expect(ledger.view()).toMatchObject({ stored: backlog, spooled: 0 }), {
    timeout: 20_000,
  });
  expect(imbalance(ledger.view())).toBe(0);
  return { warnings };
};

test('in a backlog one write of the newest follows the first one and each fifth one; the others go in order', async () => {
  const store = new ScriptedStore();
  await drained(store);
  const newest = range(backlog - write, backlog);
  expect(store.writes[1]).toEqual(newest);
  expect(store.writes.filter((_, index) => index !== 1).flat()).toEqual(range(0, backlog));
});

test('what came in since is what is newest the next time', async () => {
  const spool = await openSpool(spoolPath());
  let number = backlog;
  // Ten more come in while each write is under way.
  const feed = range(0, 40).map(() => async (points: readonly unknown[]) => {
    await receive(spool, ledger, range(number, number + 10));
    number += 10;
    return { stored: points.length, rejected: [] };
  });
  const store = new ScriptedStore(...feed);
  const { drain, ledger } = drainOf(spool, store, patience);
  await fill(spool, ledger);
  drain.start();
  await vi.waitFor(() => expect(store.writes.length).toBeGreaterThan(8), { timeout: 20_000 });
  // Ten came in during the first write, and ten during each of the six that followed.
  expect(store.writes[7]?.slice(0, 1)).toEqual([backlog + 10]);
  expect(store.writes[7]?.at(-1)).toBe(backlog + 69);
});

test('a drain that is not behind writes all in order, once', async () => {
  const store = new ScriptedStore();
  await drained(store, { behindMs: 60_000 });
  expect(store.writes.flat()).toEqual(range(0, backlog));
});

test('a store that was away is behind: its first write is followed by the newest', async () => {
  const spool = await openSpool(spoolPath());
  let release = (): void => undefined;
  const isBack = new Promise<void>((resolve) => {
    release = resolve;
  });
  const store = new ScriptedStore(away());
  const delay = () => isBack;
  const { drain, ledger } = drainOf(spool, store, { delay, behindMs: 100 });
  await fill(spool, ledger);
  drain.start();
  const began = performance.now();
  await vi.waitFor(() => expect(performance.now() - began).toBeGreaterThan(150));
  release();
  await vi.waitFor(() => expect(store.writes.length).toBeGreaterThan(2), { timeout: 20_000 });
  expect(store.writes[2]?.at(-1)).toBe(backlog - 1);
});

test('what was written before its turn comes again in its turn, so that the last word on a point holds', async () => {
  const spool = await openSpool(spoolPath());
  const corrected = pointOf(3);
  const fields = { occupied: 7 };
  const store = new ScriptedStore();
  const { drain, ledger } = drainOf(spool, store, patience);
  await fill(spool, ledger);
  await spool.append(itemOf({ points: [{ ...corrected, fields }] }));
  drain.start();
  await vi.waitFor(() => expect(ledger.view().stored).toBe(backlog + 1), { timeout: 20_000 });
  expect(store.writes[1]).toContain(3);
  expect(store.held.get(pointKey(corrected))?.fields).toEqual(fields);
});

test('a failure of a write before its turn costs nothing', async () => {
  const first = (points: readonly unknown[]) => ({ stored: points.length, rejected: [] });
  const store = new ScriptedStore(first, away());
  const { warnings } = await drained(store);
  expect(warnings).toEqual([]);
  expect(store.times).toEqual(range(0, backlog));
});

test('while more waits than one write, nothing is gathered: a write of less than it may have is followed by the next', async () => {
  const spool = await openSpool(spoolPath());
  const { drain, ledger, waits } = drainOf(spool, new ScriptedStore());
  // Two batches are more than a write.
  await fill(spool, ledger, write - 1_000);
  drain.start();
  await vi.waitFor(() => expect(ledger.view()).toMatchObject({ stored: backlog, spooled: 0 }), {
    timeout: 20_000,
  });
  await drain.stop();
  expect(waits.length).toBeLessThanOrEqual(1);
});
