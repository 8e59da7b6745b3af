import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import {
  appendAll,
  booksOf,
  entryOf,
  openSpool,
  range,
  spoolPath,
  waiting,
} from '../../test/support/spool.ts';
import { decodeBatch, toEntry } from './entry.ts';

test('appends resolve in the order of the calls, also over several commits', async () => {
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 7, bytesMax: 1e6 });
  const resolved: number[] = [];
  await Promise.all(
    range(0, 100).map(async (number) => {
      await spool.append({ entry: entryOf(number), account: 'spooled' });
      resolved.push(number);
    }),
  );
  expect(resolved).toEqual(range(0, 100));
  expect(await waiting(spool)).toEqual(range(0, 100));
});

test('all that comes in one turn shares one commit', async () => {
  const spool = await openSpool(spoolPath());
  await appendAll(spool, range(0, 1_000));
  expect((await spool.read(0, 1e6)).batches).toHaveLength(1);
});

test('what comes while a commit runs shares the next one', async () => {
  const spool = await openSpool(spoolPath());
  let commits = 0;
  spool.onCommit(() => commits++);
  const first = appendAll(spool, [0]);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, appendAll(spool, range(1, 500))]);
  expect(commits).toBe(2);
  expect((await spool.read(0, 1e6)).batches.map(({ body }) => decodeBatch(body).length)).toEqual([1, 499]);
});

test('a commit is bounded in messages and in bytes, and takes one message however large', async () => {
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 30, bytesMax: entryOf(1).text.length * 3 });
  const large = toEntry({ origin: 'x'.repeat(10_000), points: [] });
  await Promise.all([
    spool.append({ entry: large, account: 'spooled' }),
    ...range(0, 6).map((n) => spool.append({ entry: entryOf(n), account: 'spooled' })),
  ]);
  const { batches } = await spool.read(0, 1e6);
  expect(batches.map(({ body }) => decodeBatch(body).length)).toEqual([1, 3, 3]);

  const few = await openSpool(spoolPath(), {}, { messagesMax: 30, bytesMax: 1e9 });
  await appendAll(few, range(0, 100));
  const sizes = (await few.read(0, 1e6)).batches.map(({ body }) => decodeBatch(body).length);
  expect(sizes).toEqual([30, 30, 30, 10]);
});

test('an append from a resolved append is committed too', async () => {
  const spool = await openSpool(spoolPath());
  for (const number of range(0, 20)) {
    // A continuation of the last commit's promise is the earliest that a door can come again.
    await spool
      .append({ entry: entryOf(number), account: 'spooled' })
      .then(() =>
        Promise.all([
          spool.append({ entry: entryOf(number + 100), account: 'spooled' }),
          Promise.resolve().then(() => spool.append({ entry: entryOf(number + 200), account: 'spooled' })),
        ]),
      );
  }
  expect(await waiting(spool)).toHaveLength(60);
});

test('survives close and open: goods, books and the place of the drain', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  for (const number of range(0, 10)) await appendAll(spool, [number]);
  await spool.append({ account: 'duplicate' });
  await spool.settle({ upTo: 4, quarantined: [], accounts: { stored: 4 } });
  await spool.close();

  const again = await openSpool(path);
  expect(await waiting(again)).toEqual(range(4, 10));
  expect(booksOf(again)).toEqual({
    received: 11,
    stored: 4,
    duplicate: 1,
    spooled: 6,
    quarantined: {},
    refused: {},
    imbalance: 0,
  });
  expect(again.opened.lostMessages).toBe(0);
  expect(again.opened.setAside).toBeUndefined();
  expect(await again.stats()).toMatchObject({ waitingMessages: 6, waitingPoints: 6 });
});

test('a closed spool is one file, without a log', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  await appendAll(spool, range(0, 10));
  await spool.close();
  expect(readdirSync(dirname(path))).toEqual(['spool.db']);
});

test('close commits what is queued, and what was booked without a commit', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, {}, { messagesMax: 10, bytesMax: 1e6 });
  const appended = appendAll(spool, range(0, 95));
  spool.book('refused:reserved_topic', 3);
  await spool.close();
  await appended;

  const again = await openSpool(path);
  expect(await waiting(again)).toEqual(range(0, 95));
  expect(booksOf(again)).toMatchObject({ received: 98, refused: { reserved_topic: 3 }, imbalance: 0 });
});

test('what is booked alone is durable after close', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  spool.book('refused:packet_too_large');
  await spool.close();
  expect(booksOf(await openSpool(path))).toMatchObject({ received: 1, refused: { packet_too_large: 1 } });
});

test('close may be called twice, also at the same time', async () => {
  const spool = await openSpool(spoolPath());
  const appended = appendAll(spool, range(0, 10));
  await Promise.all([spool.close(), spool.close()]);
  await spool.close();
  expect(await appended).toHaveLength(10);
});

test('after close every call rejects with closed', async () => {
  const spool = await openSpool(spoolPath());
  const closing = spool.close();
  const closed = expect.objectContaining({ code: 'closed' });
  await expect(spool.append({ account: 'duplicate' })).rejects.toEqual(closed);
  await closing;
  await expect(spool.append({ account: 'duplicate' })).rejects.toEqual(closed);
  await expect(spool.read(0, 1)).rejects.toEqual(closed);
  await expect(spool.stats()).rejects.toEqual(closed);
});

test('points of our own are in the spool and not in the books', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const { points } = entryOf(5);
  await spool.append({ entry: toEntry({ points, messages: 0 }) });
  expect(await spool.stats()).toMatchObject({ waitingMessages: 0, waitingPoints: 1 });
  await spool.close();
  const again = await openSpool(path);
  expect(booksOf(again)).toMatchObject({ received: 0, spooled: 0, imbalance: 0 });
  expect(await waiting(again)).toEqual([5]);
});

test('reads whole batches up to about the points asked for, and goes on behind an id', async () => {
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 10, bytesMax: 1e6 });
  await appendAll(spool, range(0, 50));
  const first = await spool.read(0, 15);
  expect(first.batches.map(({ id }) => id)).toEqual([1, 2]);
  expect((await spool.read(2, 1)).batches.map(({ id }) => id)).toEqual([3]);
  expect((await spool.read(5, 1)).batches).toEqual([]);
});
