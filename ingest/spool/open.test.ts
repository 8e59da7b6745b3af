import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../test/support/directory.ts';
import {
  appendAll,
  counted,
  messageOf,
  openSpool,
  range,
  readerOf,
  spoolOptions,
  spoolPath,
  sql,
  waiting,
} from '../../test/support/spool.ts';
import { decodeBody, encodeBody } from './body.ts';
import { Spool } from './spool.ts';

const limits = { messagesMax: 100, bytesMax: 1e6 };
const config = (text: string) =>
  expect.objectContaining({ name: 'ApertoError', code: 'config', message: expect.stringContaining(text) });
const opening = (path: string): Promise<Spool> => Spool.open(spoolOptions(path), limits);

test('a second process on one spool is told so in one line; the first goes on', async () => {
  const path = spoolPath();
  const script = `
const { Spool } = await import(process.argv[1]);
await Spool.open(JSON.parse(process.argv[2]), { messagesMax: 1, bytesMax: 1 });
process.stdout.write('open');
process.stdin.resume();`;
  const module = new URL('../../dist/ingest/spool/spool.js', import.meta.url).href;
  const parameters = ['--input-type=module', '-e', script, module, JSON.stringify(spoolOptions(path))];
  const first = spawn(process.execPath, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void first.kill('SIGKILL'));
  await once(first.stdout, 'data');

  await expect(opening(path)).rejects.toEqual(config(`${path}: another process uses it`));
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(await waiting(await openSpool(path))).toEqual([]);
});

test('a second spool in one process is refused as well, and the first is not disturbed', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  await expect(opening(path)).rejects.toEqual(config('another process uses it'));
  await appendAll(spool, range(0, 10));
  expect(await waiting(spool)).toEqual(range(0, 10));
});

test('a file of a newer release is refused and left alone', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  await appendAll(spool, [1]);
  await spool.close();
  sql(path, 'pragma user_version = 3');
  await expect(opening(path)).rejects.toEqual(config(`${path}: written by a newer release`));
  sql(path, 'pragma user_version = 2');
  expect(await waiting(await openSpool(path))).toEqual([1]);
});

test('a file of the release before is brought to this one, and nothing of it is lost', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  await appendAll(spool, [1, 2]);
  const copy = { receivedAt: 7, topic: 'a/b', reason: 'not_json', detail: 'd', payload: 'p' };
  await spool.append({ ...counted('quarantined:not_json'), quarantined: [copy] });
  await spool.close();
  sql(path, 'drop index quarantine_sender');
  sql(path, 'alter table quarantine drop column sender');
  sql(path, 'pragma user_version = 1');
  const again = await openSpool(path);
  expect(await waiting(again)).toEqual([1, 2]);
  expect(await again.listQuarantine({ limit: 9 })).toEqual([{ id: 1, ...copy }]);
  await again.close();
  expect(sql(path, 'select sender from quarantine')).toEqual([{ sender: 'a/b' }]);
});

test('a database of another program is refused and gets no tables', async () => {
  const path = spoolPath();
  sql(path, 'create table photos (id integer)');
  await expect(opening(path)).rejects.toEqual(config('a database of something else'));
  expect(sql(path, 'select name from sqlite_schema')).toEqual([{ name: 'photos' }]);
});

test.each([
  ['a directory that is missing', join('missing', 'spool.db')],
  ['a directory in its place', 'folder'],
])('%s is named in one line', async (_, name) => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'folder'));
  const path = join(directory, name);
  await expect(opening(path)).rejects.toEqual(config(`${path}: cannot be opened as the spool`));
});

test('the tail gives the newest messages back, stored or waiting, and no more than the window', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, { tailMessagesMax: 25 });
  for (const ten of range(0, 10)) {
    const body = encodeBody(range(ten * 10, ten * 10 + 10).map(messageOf));
    await spool.append({ batch: { body, messages: 10, points: 10 }, accounts: new Map([['spooled', 10]]) });
  }
  await readerOf(spool).settle({ upTo: 8, quarantined: [], accounts: { stored: 80 } });
  await spool.close();

  const again = await openSpool(path, { tailMessagesMax: 25 });
  const times = again.opened.tail.flatMap(decodeBody).map(({ points }) => points[0]?.time);
  expect(times).toEqual(range(70, 100));
  // Of the 80 that are stored, the file keeps the whole batches that cover the window.
  await again.close();
  expect(sql(path, 'select id from batch order by id').map(({ id }) => id)).toEqual([6, 7, 8, 9, 10]);
});

test('a long wait for the store does not make a start read all of it', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, { tailMessagesMax: 50 }, { messagesMax: 10, bytesMax: 1e6 });
  await appendAll(spool, range(0, 5_000));
  await spool.close();
  const again = await openSpool(path, { tailMessagesMax: 50 });
  expect(again.opened).toMatchObject({ waitingMessages: 5_000, lostMessages: 0 });
  expect(again.opened.tail.flatMap(decodeBody)).toHaveLength(50);
});
