import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { cutTo, garbage, pagesOf, zeroPage } from '../../test/support/damage.ts';
import {
  booksOf,
  counted,
  itemOf,
  messageOf,
  openSpool,
  range,
  readerOf,
  spoolPath,
  sql,
  waiting,
} from '../../test/support/spool.ts';
import type { Spool } from './spool.ts';

const quarantined = (n: number) => ({
  receivedAt: n,
  topic: `t/${n}`,
  reason: 'not_json',
  detail: 'no',
  payload: 'x'.repeat(900),
});

/** A closed spool: 200 batches of one message and about a page, 50 of them stored, 20 messages quarantined. */
const write = async (path: string): Promise<void> => {
  const spool = await openSpool(path, {}, { messagesMax: 1, bytesMax: 1e6 });
  await Promise.all([
    ...range(1, 201).map((n) => spool.append(itemOf({ ...messageOf(n), origin: 'x'.repeat(2_500) }))),
    ...range(0, 20).map((n) =>
      spool.append({ ...counted('quarantined:not_json'), quarantined: [quarantined(n)] }),
    ),
  ]);
  await readerOf(spool).settle({ upTo: 50, quarantined: [], accounts: { stored: 50 } });
  await spool.close();
};

let original: Buffer | undefined;
/** A copy of that spool. */
const written = async (): Promise<string> => {
  const path = spoolPath();
  if (original === undefined) {
    await write(path);
    original = readFileSync(path);
  }
  writeFileSync(path, original);
  return path;
};

const rootOf = (path: string, table: string): number =>
  Number(sql(path, `select rootpage from sqlite_schema where name = '${table}'`)[0]?.rootpage);

/** Opens, and checks what must hold whatever was damaged. */
const reopen = async (path: string): Promise<Spool> => {
  const damagedBytes = readFileSync(path);
  const spool = await openSpool(path);
  expect(spool.opened.setAside).toBe(`${path}.damaged-1`);
  expect(readFileSync(`${path}.damaged-1`).equals(damagedBytes)).toBe(true);
  expect(existsSync(`${path}.recovering`)).toBe(false);
  expect(booksOf(spool).imbalance).toBe(0);
  await spool.append(itemOf(messageOf(999)));
  expect((await waiting(spool)).at(-1)).toBe(999);
  return spool;
};

test('a zeroed page takes its own batches alone, and the books tell how many', async () => {
  const path = await written();
  zeroPage(path, Math.floor(pagesOf(path) / 2));
  const spool = await reopen(path);
  const numbers = await waiting(spool);
  expect(spool.opened.lostMessages).toBeGreaterThan(0);
  expect(spool.opened.lostMessages).toBeLessThan(10);
  expect(numbers).toHaveLength(150 - spool.opened.lostMessages + 1);
  expect(numbers.slice(0, 40)).toEqual(range(51, 91));
  expect(booksOf(spool)).toMatchObject({ received: 220, stored: 50, quarantined: { not_json: 20 } });
  expect(await spool.listQuarantine({ limit: 100 })).toHaveLength(20);
  expect(spool.opened.tail.length).toBeGreaterThan(180);
});

test('of a file cut in half the first half is carried over', async () => {
  const path = await written();
  cutTo(path, 0.5);
  const spool = await reopen(path);
  const numbers = await waiting(spool);
  expect(numbers.length).toBeGreaterThan(30);
  expect(numbers.slice(0, -1)).toEqual(range(51, 50 + numbers.length));
  expect(spool.opened.lostMessages).toBe(150 - numbers.length + 1);
});

test.each([
  ['batch', { received: 220, stored: 50, spooled: 0, quarantined: { not_json: 20, spool_corrupt: 150 } }],
  ['ledger', { received: 150, stored: 0, spooled: 150, quarantined: {} }],
  ['progress', { received: 270, stored: 50, spooled: 200, quarantined: { not_json: 20 } }],
  ['quarantine', { received: 220, stored: 50, spooled: 150, quarantined: { not_json: 20 } }],
  ['sqlite_sequence', { received: 220, stored: 50, spooled: 150, quarantined: { not_json: 20 } }],
])('damage of the root of %s costs what was in it alone', async (table, books) => {
  const path = await written();
  zeroPage(path, rootOf(path, table));
  const spool = await reopen(path);
  expect(booksOf(spool)).toMatchObject(books);
});

test.each([
  ['garbage', garbage],
  ['a text', (path: string) => writeFileSync(path, 'not a database')],
  ['a header of zeros', (path: string) => zeroPage(path, 1)],
  ['one page', (path: string) => truncateSync(path, 4096)],
])('%s is set aside and a new spool begun', async (_, damage) => {
  const path = await written();
  damage(path);
  const spool = await reopen(path);
  expect(booksOf(spool)).toMatchObject({ received: 0, stored: 0 });
  expect(await waiting(spool)).toEqual([999]);
});

test('each damaged file gets a name of its own', async () => {
  const path = spoolPath();
  garbage(path);
  await (await openSpool(path)).close();
  garbage(path);
  const spool = await openSpool(path);
  expect(basename(spool.opened.setAside ?? '')).toBe('spool.db.damaged-2');
  expect(existsSync(`${path}.damaged-1`)).toBe(true);
});

test('a file that was emptied under its log is damage, and the log is kept', async () => {
  const path = await written();
  truncateSync(path, 0);
  writeFileSync(`${path}-wal`, 'what was not yet in the file');
  const spool = await openSpool(path);
  expect(spool.opened.setAside).toBe(`${path}.damaged-1`);
  expect(readFileSync(`${path}.damaged-1-wal`, 'utf8')).toBe('what was not yet in the file');
});

test('a replacement that a crash cut off before its end is made again', async () => {
  const path = await written();
  zeroPage(path, Math.floor(pagesOf(path) / 2));
  writeFileSync(`${path}.recovering`, 'half of it');
  const spool = await reopen(path);
  expect((await waiting(spool)).length).toBeGreaterThan(140);
});

test('a replacement that a crash cut off after its end is taken, without the log of the damaged file', async () => {
  const path = await written();
  renameSync(path, `${path}.recovering`);
  writeFileSync(`${path}-wal`, 'the log of another file');
  const spool = await openSpool(path);
  expect(await waiting(spool)).toEqual(range(51, 201));
  expect(booksOf(spool)).toMatchObject({ received: 220, imbalance: 0 });
  expect(readFileSync(`${path}.damaged-1-wal`, 'utf8')).toBe('the log of another file');
});

test('what device definitions remember is carried over too', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  await spool.append({ ...counted('duplicate'), remembered: [['sparkplug/g/n', '{"alias":1}']] });
  await spool.close();
  zeroPage(path, rootOf(path, 'progress'));
  const again = await openSpool(path);
  expect(again.opened.setAside).toBe(`${path}.damaged-1`);
  expect(again.opened.memory).toEqual([['sparkplug/g/n', '{"alias":1}']]);
});
