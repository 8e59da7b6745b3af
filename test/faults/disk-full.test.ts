import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../support/directory.ts';
import { booksOf, openSpool, range, waiting } from '../support/spool.ts';
import { programOf, type Step } from './power/program.ts';
import { type Injection, underStrace } from './strace.ts';

/** The suite lets one in seven writes be the first that fails; `npm run faults` each of them. */
const { FAULTS = 'some' } = process.env;
const oneIn = FAULTS === 'some' ? 7 : 1;
const timeout = 240_000;

const numbers = range(0, 25);
const steps: readonly Step[] = [
  { do: 'insist', from: 0, to: 12 },
  { do: 'quarantine', number: 1 },
  { do: 'settle', upTo: 3, from: 0, to: 3 },
  { do: 'insist', from: 12, to: 25 },
  { do: 'close' },
];

/** Runs the steps while calls fail; answers the spool's path and the lines of its journal. */
const runUnder = async (injection: Injection): Promise<{ path: string; said: readonly string[] }> => {
  const directory = temporaryDirectory();
  const [path, journal] = [join(directory, 'spool.db'), join(directory, 'journal.txt')];
  const [program = '', ...words] = [
    ...(await underStrace([path, `${path}-wal`], injection)),
    ...programOf(path, journal, steps),
  ];
  await promisify(execFile)(program, words);
  return { path, said: readFileSync(journal, 'utf8').trimEnd().split('\n') };
};

/** Runs, then reads back: all that was acked is there once, and the books have each refusal. */
const check = async (injection: Injection, code: string): Promise<number> => {
  const { path, said } = await runUnder(injection);
  const refused = said.filter((line) => line.startsWith(`refused ${code}`)).length;
  const acked = said.filter((line) => line.startsWith('did {"do":"append"')).length;
  const spool = await openSpool(path);
  expect([acked, await waiting(spool)]).toEqual([numbers.length, numbers.slice(3)]);
  expect(spool.opened.lostMessages).toBe(0);
  expect(booksOf(spool)).toEqual({
    received: numbers.length + 1 + refused,
    stored: 3,
    duplicate: 0,
    spooled: numbers.length - 3,
    quarantined: { not_json: 1 },
    refused: refused === 0 ? {} : { [code]: refused },
    imbalance: 0,
  });
  await spool.close();
  return refused;
};

/** Opening an existing spool writes nothing, making one some twenty pages: writes from here on are of messages. */
const firstWrites = range(25, 130).filter((write) => write % oneIn === 0);

test('a disk that is full from any write on, and has room later, loses nothing that was acked', {
  timeout,
}, async () => {
  const refused: number[] = [];
  for (const first of firstWrites) {
    refused.push(
      await check({ call: 'pwrite64', error: 'ENOSPC', when: `${first}..${first + 10}` }, 'spool_full'),
    );
  }
  expect(refused.filter((count) => count > 0).length).toBeGreaterThan(firstWrites.length * 0.7);
});

test('a disk that fails to write or to sync now and then refuses, and loses nothing that was acked', {
  timeout,
}, async () => {
  expect(await check({ call: 'fsync', error: 'EIO', when: '5+3' }, 'spool_failed')).toBeGreaterThan(5);
  expect(await check({ call: 'fsync', error: 'EIO', when: '6..12' }, 'spool_failed')).toBeGreaterThan(2);
  expect(await check({ call: 'fsync', error: 'ENOSPC', when: '5+4' }, 'spool_failed')).toBeGreaterThan(2);
  expect(await check({ call: 'pwrite64', error: 'EIO', when: '40..60' }, 'spool_failed')).toBeGreaterThan(2);
});
