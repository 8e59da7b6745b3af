import { expect, test } from 'vitest';
import {
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
import type { Spool } from './spool.ts';

const full = expect.objectContaining({ code: 'spool_full', retry: true });
const small = { sizeBytesMax: 40 * 4096 };
const largeMessage = (number: number) => ({ origin: 'x'.repeat(3_000), points: messageOf(number).points });

/** Appends one commit a message until one is refused; answers how many were taken. */
const fill = async (spool: Spool, from = 0): Promise<number> => {
  for (let number = from; ; number++) {
    const refused = await spool.append(itemOf(largeMessage(number))).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refused === undefined) continue;
    expect(refused).toEqual(full);
    return number - from;
  }
};

const settle = (spool: Spool, upTo: number, stored: number): Promise<void> =>
  readerOf(spool).settle({ upTo, quarantined: [], accounts: { stored } });

test('a full spool refuses, keeps what it acked, and goes on after the drain made room', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, { ...small, tailMessagesMax: 2 });
  const taken = await fill(spool);
  expect(taken).toBeGreaterThan(20);
  expect(await waiting(spool)).toEqual(range(0, taken));

  await settle(spool, taken - 5, taken - 5);
  const more = await fill(spool, taken + 1);
  expect(more).toBeGreaterThan(10);
  expect(await waiting(spool)).toEqual([...range(taken - 5, taken), ...range(taken + 1, taken + 1 + more)]);
  await spool.close();

  const again = await openSpool(path, { ...small, tailMessagesMax: 2 });
  expect(booksOf(again)).toMatchObject({
    received: taken + more + 2,
    stored: taken - 5,
    spooled: more + 5,
    refused: { spool_full: 2 },
    imbalance: 0,
  });
});

test('the tail for the window of repeats never keeps a spool full', async () => {
  const spool = await openSpool(spoolPath(), { ...small, tailMessagesMax: 1_000_000 });
  const taken = await fill(spool);
  await settle(spool, taken, taken);
  expect(await fill(spool, taken)).toBeGreaterThan(taken / 2);
});

test('a full spool can be drained also where the store rejects all of it', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, { ...small, tailMessagesMax: 1_000_000 });
  const taken = await fill(spool);
  const { batches } = await readerOf(spool).read(0, 1e6);
  for (const { id, body } of batches) {
    await readerOf(spool).settle({
      upTo: id,
      quarantined: [
        { receivedAt: id, topic: 'store', reason: 'store_rejected', detail: 'no', payload: body },
      ],
      accounts: { 'quarantined:store_rejected': 1 },
    });
  }
  expect(await waiting(spool)).toEqual([]);
  await spool.close();
  const again = await openSpool(path, small);
  expect(booksOf(again)).toMatchObject({ quarantined: { store_rejected: taken }, spooled: 0, imbalance: 0 });
});

test('a commit that fails takes with it all that queued behind it, and the books say so', async () => {
  const path = spoolPath();
  const limits = { messagesMax: 1, bytesMax: 1e6 };
  const spool = await openSpool(path, { ...small, tailMessagesMax: 0 }, limits);
  const taken = await fill(spool);
  const outcomes = await Promise.allSettled([
    spool.append(itemOf(largeMessage(-1))),
    // A repeat of the first one: acked alone, it would be an ack for what is nowhere.
    spool.append(counted('duplicate')),
    spool.append(counted('refused:unknown_topic')),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);

  await settle(spool, taken, taken);
  await spool.append(counted('duplicate'));
  await spool.close();
  expect(booksOf(await openSpool(path, small))).toEqual({
    received: taken + 5,
    stored: taken,
    duplicate: 1,
    spooled: 0,
    quarantined: {},
    refused: { spool_full: 4 },
    imbalance: 0,
  });
});

test('close of a full spool with counts that nobody can write still gives the file back', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, { ...small, tailMessagesMax: 0 });
  const taken = await fill(spool);
  for (const index of range(0, 4_000)) spool.book(`refused:${'x'.repeat(200)}${index}`);
  await spool.close();
  const again = await openSpool(path, small);
  expect(booksOf(again)).toMatchObject({ received: taken, spooled: taken, imbalance: 0 });
});

test('the log beside the file stays within a few megabytes', async () => {
  const spool = await openSpool(spoolPath(), { sizeBytesMax: 2 ** 30 });
  for (const number of range(0, 400)) {
    await spool.append(itemOf({ ...messageOf(number), origin: 'x'.repeat(100_000) }));
    await readerOf(spool).read(number, 1);
    await readerOf(spool).settle({ upTo: number + 1, quarantined: [], accounts: { stored: 1 } });
  }
  // 40 MB went through; the tail of 1,000 messages keeps them in the file itself.
  expect((await spool.stats()).sizeBytes).toBeLessThan(52e6);
});
