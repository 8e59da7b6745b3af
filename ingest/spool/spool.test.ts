import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  appendAll,
  booksOf,
  counted,
  itemOf,
  messageOf,
  openSpool,
  range,
  readerOf,
  spoolPath,
  waiting,
} from '../../test/support/spool.ts';
import { encodeBody } from './body.ts';
import type { Spool } from './spool.ts';

/** How many commits there were from here on. */
const countCommits = (spool: Spool): (() => number) => {
  let commits = 0;
  readerOf(spool).onCommit(() => commits++);
  return () => commits;
};

test('appends resolve in the order of the calls, also over several commits', async () => {
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 7, bytesMax: 1e6 });
  const resolved: number[] = [];
  await Promise.all(
    range(0, 100).map(async (number) => {
      await spool.append(itemOf(messageOf(number)));
      resolved.push(number);
    }),
  );
  expect(resolved).toEqual(range(0, 100));
  expect(await waiting(spool)).toEqual(range(0, 100));
});

test('all that comes in one turn shares one commit', async () => {
  const spool = await openSpool(spoolPath());
  const commits = countCommits(spool);
  await appendAll(spool, range(0, 1_000));
  await vi.waitFor(() => expect(commits()).toBe(1));
  expect(await waiting(spool)).toEqual(range(0, 1_000));
});

test('what comes while a commit runs shares the next one', async () => {
  const spool = await openSpool(spoolPath());
  const commits = countCommits(spool);
  const first = appendAll(spool, [0]);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, appendAll(spool, range(1, 500))]);
  await vi.waitFor(() => expect(commits()).toBe(2));
  expect(await waiting(spool)).toEqual(range(0, 500));
});

test('a commit is bounded in messages and in bytes, and takes one message however large', async () => {
  const bytes = itemOf(messageOf(1)).batch?.body.length ?? 0;
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 30, bytesMax: bytes * 3 });
  const commits = countCommits(spool);
  const large = { origin: 'x'.repeat(10_000), points: [] };
  await Promise.all([
    spool.append(itemOf(large)),
    ...range(0, 6).map((n) => spool.append(itemOf(messageOf(n)))),
  ]);
  // The large one alone, then three and three.
  await vi.waitFor(() => expect(commits()).toBe(3));

  const few = await openSpool(spoolPath(), {}, { messagesMax: 30, bytesMax: 1e9 });
  const commitsOfFew = countCommits(few);
  await appendAll(few, range(0, 100));
  await vi.waitFor(() => expect(commitsOfFew()).toBe(4));
});

test('an append from a resolved append is committed too', async () => {
  const spool = await openSpool(spoolPath());
  for (const number of range(0, 20)) {
    // A continuation of the last commit's promise is the earliest that a door can come again.
    await spool
      .append(itemOf(messageOf(number)))
      .then(() =>
        Promise.all([
          spool.append(itemOf(messageOf(number + 100))),
          Promise.resolve().then(() => spool.append(itemOf(messageOf(number + 200)))),
        ]),
      );
  }
  expect(await waiting(spool)).toHaveLength(60);
});

test('survives close and open: goods, books and the place of the drain', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  for (const number of range(0, 10)) await appendAll(spool, [number]);
  await spool.append(counted('duplicate'));
  await readerOf(spool).settle({ upTo: 4, quarantined: [], accounts: { stored: 4 } });
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
  const reader = readerOf(spool);
  const closing = spool.close();
  const closed = expect.objectContaining({ code: 'closed' });
  await expect(spool.append(counted('duplicate'))).rejects.toEqual(closed);
  await closing;
  await expect(spool.append(counted('duplicate'))).rejects.toEqual(closed);
  await expect(reader.read(0, 1)).rejects.toEqual(closed);
  await expect(spool.stats()).rejects.toEqual(closed);
});

test('points of our own are in the spool and not in the books', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const { points } = messageOf(5);
  await spool.append(itemOf({ points, messages: 0 }));
  expect(await spool.stats()).toMatchObject({ waitingMessages: 0, waitingPoints: 1 });
  await spool.close();
  const again = await openSpool(path);
  expect(booksOf(again)).toMatchObject({ received: 0, spooled: 0, imbalance: 0 });
  expect(await waiting(again)).toEqual([5]);
});

test('reads whole batches up to the points asked for, one at least, and goes on behind an id', async () => {
  const spool = await openSpool(spoolPath());
  for (const first of range(0, 5)) {
    const messages = range(first * 10, first * 10 + 10).map(messageOf);
    await spool.append({ batch: { body: encodeBody(messages), messages: 10, points: 10 } });
  }
  const idsOf = async (after: number, points: number) =>
    (await readerOf(spool).read(after, points)).batches.map(({ id }) => id);
  expect(await idsOf(0, 19)).toEqual([1]);
  expect(await idsOf(0, 20)).toEqual([1, 2]);
  expect(await idsOf(2, 1)).toEqual([3]);
  expect(await idsOf(5, 1)).toEqual([]);
});
