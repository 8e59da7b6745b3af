import fc from 'fast-check';
import { expect, test } from 'vitest';
import { counted, openSpool, range, spoolPath } from '../../test/support/spool.ts';
import { fairShare } from './quarantine-table.ts';
import type { Spool } from './spool.ts';

const quarantine = (spool: Spool, from: number, to: number, sender?: string): Promise<readonly unknown[]> =>
  Promise.all(
    range(from, to).map((number) =>
      spool.append({
        ...counted('quarantined:not_json'),
        quarantined: [
          {
            receivedAt: number,
            topic: `topic/${number}`,
            reason: 'not_json',
            detail: `detail ${number}`,
            payload: `payload "${number}" ' è`,
            ...(sender === undefined ? {} : { sender }),
          },
        ],
      }),
    ),
  );

test('a message comes back as it was put there', async () => {
  const spool = await openSpool(spoolPath());
  await quarantine(spool, 7, 8);
  expect(await spool.listQuarantine({ limit: 10 })).toEqual([
    {
      id: 1,
      receivedAt: 7,
      topic: 'topic/7',
      reason: 'not_json',
      detail: 'detail 7',
      payload: `payload "7" ' è`,
    },
  ]);
});

test('pages go back in time without a gap', async () => {
  const spool = await openSpool(spoolPath());
  await quarantine(spool, 0, 25);
  const pages: number[][] = [];
  for (let before: number | undefined; ; ) {
    const page = await spool.listQuarantine({ limit: 10, ...(before === undefined ? {} : { before }) });
    if (page.length === 0) break;
    pages.push(page.map(({ receivedAt }) => receivedAt));
    before = page.at(-1)?.id;
  }
  expect(pages).toEqual([range(15, 25).reverse(), range(5, 15).reverse(), range(0, 5).reverse()]);
});

test('the rows are bounded, the oldest go first, and the books keep their count', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, { quarantineRowsMax: 10 });
  for (const start of range(0, 5)) await quarantine(spool, start * 7, start * 7 + 7);
  const rows = await spool.listQuarantine({ limit: 1_000 });
  expect(rows.map(({ receivedAt }) => receivedAt)).toEqual(range(25, 35).reverse());
  await spool.close();
  const again = await openSpool(path, { quarantineRowsMax: 10 });
  expect(again.opened.accounts).toEqual({ received: 35, 'quarantined:not_json': 35 });
});

test('one sender cannot push the messages of others out, also over a restart', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, { quarantineRowsMax: 100 });
  await quarantine(spool, 0, 10, 'quiet');
  await quarantine(spool, 10, 40, 'busy');
  await quarantine(spool, 1_000, 1_500, 'flood');
  await spool.close();
  const again = await openSpool(path, { quarantineRowsMax: 100 });
  await quarantine(again, 2_000, 2_500, 'flood');
  const rows = (await again.listQuarantine({ limit: 1_000 })).map(({ receivedAt }) => receivedAt).reverse();
  expect(rows).toEqual([...range(0, 40), ...range(2_440, 2_500)]);
  expect(again.opened.accounts).toEqual({ received: 540, 'quarantined:not_json': 540 });
});

test('without a name the topic is the sender', async () => {
  const spool = await openSpool(spoolPath(), { quarantineRowsMax: 10 });
  await quarantine(spool, 0, 3);
  await quarantine(spool, 100, 150, 'flood');
  const rows = (await spool.listQuarantine({ limit: 1_000 })).map(({ receivedAt }) => receivedAt);
  expect(rows).toEqual([...range(143, 150).reverse(), 2, 1, 0]);
});

test('a fair share is the most with which all of them fit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 60 }),
      (counts, room) => {
        const sumOf = (share: number): number =>
          counts.reduce((sum, count) => sum + Math.min(count, share), 0);
        const share = fairShare(counts, room);
        expect(share === 1 || sumOf(share) <= room).toBe(true);
        expect(share === room || sumOf(share + 1) > room || sumOf(share) === sumOf(share + 1)).toBe(true);
      },
    ),
  );
});
