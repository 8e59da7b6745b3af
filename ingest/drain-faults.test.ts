import { expect, test, vi } from 'vitest';
import { ApertoError } from '../model/errors.ts';
import { flipAfter } from '../test/support/damage.ts';
import { away, drainOf, receive, untilAborted } from '../test/support/drain.ts';
import { createGate } from '../test/support/gate.ts';
import { ScriptedStore } from '../test/support/scripted-store.ts';
import { appendAll, booksOf, openSpool, range, readerOf, spoolPath, waiting } from '../test/support/spool.ts';
import type { DrainParts } from './drain.ts';
import { imbalance } from './ledger.ts';
import type { Spool } from './spool/spool.ts';

const failing = (count: number) => {
  let left = count;
  return <Value>(work: () => Promise<Value>): Promise<Value> =>
    left-- > 0 ? Promise.reject(new ApertoError('spool_failed', 'disk error', { retry: true })) : work();
};

/** The spool as the drain sees it, with a fault in front of one of its calls. */
const withFault = (
  spool: Spool,
  fault: { read?: ReturnType<typeof failing>; settle?: ReturnType<typeof failing> },
): DrainParts['spool'] => {
  const { read = (work) => work(), settle = (work) => work() } = fault;
  return {
    onCommit: (listener) => readerOf(spool).onCommit(listener),
    read: (after, pointsMax) => read(() => readerOf(spool).read(after, pointsMax)),
    readNewest: (after, pointsMax) => readerOf(spool).readNewest(after, pointsMax),
    settle: (settlement) => settle(() => readerOf(spool).settle(settlement)),
  };
};

test('a stop while the store is away ends at once, and the spool keeps everything', async () => {
  const spool = await openSpool(spoolPath());
  const store = new ScriptedStore(...range(0, 9).map(() => away()));
  const { drain } = drainOf(spool, store, { delay: untilAborted });
  await appendAll(spool, range(0, 9));
  drain.start();
  await vi.waitFor(() => expect(store.writes).toHaveLength(1));
  await drain.stop();
  expect(store.writes).toHaveLength(1);
  expect(await waiting(spool)).toEqual(range(0, 9));
});

test('a stop while it is idle ends at once', async () => {
  const spool = await openSpool(spoolPath());
  const store = new ScriptedStore();
  const { drain } = drainOf(spool, store);
  drain.start();
  await drain.stop();
  await appendAll(spool, [1]);
  expect(store.writes).toEqual([]);
});

test('a stop during a write settles what was written, so that the next start does not repeat it', async () => {
  const spool = await openSpool(spoolPath());
  const gate = createGate();
  const store = new ScriptedStore(async (points) => {
    await gate.passed;
    return { stored: points.length, rejected: [] };
  });
  const { drain, ledger } = drainOf(spool, store);
  await receive(spool, ledger, range(0, 5));
  drain.start();
  await vi.waitFor(() => expect(store.writes).toHaveLength(1));
  const stopped = drain.stop();
  gate.open();
  await stopped;
  expect(await waiting(spool)).toEqual([]);
  expect(ledger.view()).toMatchObject({ stored: 5, spooled: 0 });
});

test('a crash between the write and its settlement writes the same points again and counts them once', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const store = new ScriptedStore();
  await appendAll(spool, range(0, 5));
  const first = drainOf(withFault(spool, { settle: failing(1e9) }), store, { delay: untilAborted });
  first.drain.start();
  await vi.waitFor(() => expect(first.warnings).toEqual(['disk error']));
  await first.drain.stop();
  await spool.close();

  const again = await openSpool(path);
  const second = drainOf(again, store);
  second.drain.start();
  await vi.waitFor(async () => expect((await again.stats()).waitingMessages).toBe(0));
  await second.drain.stop();
  await again.close();
  expect(store.writes).toEqual([range(0, 5), range(0, 5)]);
  expect(store.times).toEqual(range(0, 5));
  expect(booksOf(await openSpool(path))).toMatchObject({ received: 5, stored: 5, spooled: 0, imbalance: 0 });
});

test('a spool that fails for a moment is asked again; nothing is written twice for it', async () => {
  const spool = await openSpool(spoolPath());
  const store = new ScriptedStore();
  const fault = { read: failing(2), settle: failing(3) };
  const { drain, ledger, warnings } = drainOf(withFault(spool, fault), store);
  await receive(spool, ledger, range(0, 5));
  drain.start();
  await vi.waitFor(() => expect(ledger.view()).toMatchObject({ stored: 5, spooled: 0 }));
  expect(warnings).toHaveLength(5);
  expect(store.writes).toEqual([range(0, 5)]);
});

test('no batch is skipped while more come in during each write', async () => {
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 3, bytesMax: 1e6 });
  let next = 10;
  const appended: Promise<unknown>[] = [];
  const feed = range(0, 12).map(() => (points: readonly unknown[]) => {
    appended.push(appendAll(spool, range(next, next + 10)));
    next += 10;
    return { stored: points.length, rejected: [] };
  });
  const store = new ScriptedStore(...feed.slice(0, 4), away(), ...feed.slice(4));
  const { drain } = drainOf(spool, store);
  await appendAll(spool, range(0, 10));
  drain.start();
  await vi.waitFor(() => expect(store.times).toEqual(range(0, 130)));
  expect(await Promise.all(appended)).toHaveLength(12);
});

test('a damaged batch is booked and the rest is stored', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, {}, { messagesMax: 1, bytesMax: 1e6 });
  await appendAll(spool, range(1_000, 1_010));
  await spool.close();
  flipAfter(path, '"since":1004,"points":[0,0,0,');

  const again = await openSpool(path);
  const store = new ScriptedStore();
  const { drain, ledger } = drainOf(again, store);
  for (const _ of range(0, 10)) {
    ledger.receive(1);
    ledger.leave('spooled');
  }
  drain.start();
  await vi.waitFor(() =>
    expect(ledger.view()).toMatchObject({ stored: 9, spooled: 0, quarantined: { spool_corrupt: 1 } }),
  );
  expect(imbalance(ledger.view())).toBe(0);
  expect(store.times).toEqual(range(1_000, 1_010).filter((time) => time !== 1_004));
});

test('a small write is followed by a time to gather more', async () => {
  const spool = await openSpool(spoolPath());
  const { drain, waits } = drainOf(spool, new ScriptedStore());
  await appendAll(spool, [1]);
  drain.start();
  await vi.waitFor(() => expect(waits).toEqual([7]));
});

test('what was written is told, with its time', async () => {
  const spool = await openSpool(spoolPath());
  const told: [number, number][] = [];
  const { drain } = drainOf(spool, new ScriptedStore(), {
    onStored: (points, writeMs) => told.push([points.length, writeMs]),
  });
  await appendAll(spool, range(0, 6));
  drain.start();
  await vi.waitFor(() => expect(told).toHaveLength(1));
  expect(told[0]?.[0]).toBe(6);
  expect(told[0]?.[1]).toBeLessThan(5_000);
});
