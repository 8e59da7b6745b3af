import { expect, test } from 'vitest';
import { flipAfter } from '../../test/support/damage.ts';
import {
  appendAll,
  booksOf,
  openSpool,
  range,
  readerOf,
  spoolPath,
  sql,
  waiting,
} from '../../test/support/spool.ts';
import { decodeBody } from './body.ts';

/** A closed spool of one message a batch. */
const written = async (count: number, settled = 0): Promise<string> => {
  const path = spoolPath();
  const spool = await openSpool(path, {}, { messagesMax: 1, bytesMax: 1e6 });
  await appendAll(spool, range(1_000, 1_000 + count));
  if (settled > 0) {
    await readerOf(spool).settle({ upTo: settled, quarantined: [], accounts: { stored: settled } });
  }
  await spool.close();
  return path;
};

test('a flipped bit in one body loses that batch alone, and the books say so', async () => {
  const path = await written(9);
  flipAfter(path, '"since":1004,"points":[0,0,0,');
  const spool = await openSpool(path);
  const read = await readerOf(spool).read(0, 1e6);
  expect(read.lostMessages).toBe(1);
  expect(read.batches.map(({ id }) => id)).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
  expect(await spool.stats()).toMatchObject({ waitingMessages: 8 });
  await spool.close();

  const again = await openSpool(path);
  expect(booksOf(again)).toMatchObject({
    received: 9,
    spooled: 8,
    quarantined: { spool_corrupt: 1 },
    imbalance: 0,
  });
  expect(await waiting(again)).toEqual([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008]);
});

test('damage is booked once, however often the place is read', async () => {
  const path = await written(3);
  flipAfter(path, '"since":1001,"points":[0,0,0,');
  const spool = await openSpool(path);
  expect((await readerOf(spool).read(0, 1e6)).lostMessages).toBe(1);
  expect((await readerOf(spool).read(0, 1e6)).lostMessages).toBe(0);
});

test('a bad batch of the tail does not keep a service from its start', async () => {
  const path = await written(10, 6);
  flipAfter(path, '"since":1002,"points":[0,0,0,');
  const spool = await openSpool(path);
  expect(spool.opened.tail).toHaveLength(9);
  expect(spool.opened.tail.flatMap(decodeBody)).toHaveLength(9);
  expect(booksOf(spool)).toMatchObject({ received: 10, stored: 6, spooled: 4, imbalance: 0 });
});

test('a batch that vanished is seen by the books', async () => {
  const path = await written(10);
  sql(path, 'delete from batch where id in (3, 4)');
  const spool = await openSpool(path);
  expect(spool.opened.lostMessages).toBe(2);
  expect(booksOf(spool)).toMatchObject({ quarantined: { spool_corrupt: 2 }, spooled: 8, imbalance: 0 });
  await spool.close();
  const again = await openSpool(path);
  expect(again.opened.lostMessages).toBe(0);
});
