import { expect, test } from 'vitest';
import { counted, openSpool, range, spoolPath } from '../../test/support/spool.ts';
import type { Spool } from './spool.ts';

const quarantine = (spool: Spool, from: number, to: number): Promise<readonly unknown[]> =>
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
