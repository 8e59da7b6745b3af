import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Spool } from '../../ingest/spool/spool.ts';
import { pagesOf, zeroPage } from '../support/damage.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { booksOf, itemOf, messageOf, spoolOptions, waiting } from '../support/spool.ts';
import { type Cut, cutsOf } from './power/cuts.ts';
import { programOf, type Step } from './power/program.ts';
import { type Traced, traceDisk } from './power/trace.ts';

/**
 * The suite opens one in twelve of the images; `npm run faults` all of them, and with FAULTS=every those after
 * each single one of the thousand writes of a large commit, too.
 */
const { FAULTS = 'some' } = process.env;
const oneIn = FAULTS === 'some' ? 12 : 1;
const timeout = FAULTS === 'every' ? 3_600_000 : 240_000;

const suffixes = ['', '-wal', '-journal', '-shm'];
const names = ['', '.recovering', '.damaged-1'].flatMap((part) =>
  suffixes.map((suffix) => `spool.db${part}${suffix}`),
);
const journal = 'journal.txt';

const trace = (directory: string, steps: readonly Step[]): Promise<Traced[]> =>
  traceDisk(
    directory,
    names,
    journal,
    programOf(join(directory, 'spool.db'), join(directory, journal), steps),
  );

const append = (from: number, to: number, padding?: number): Step =>
  padding === undefined ? { do: 'append', from, to } : { do: 'append', from, to, padding };

/** What the file of a cut holds when it is opened again; empty where all that was promised is there. */
const faultsOf = async (directory: string, cut: Cut, lost: ReadonlySet<number>): Promise<string[]> => {
  mkdirSync(directory);
  for (const [name, bytes] of cut.image) writeFileSync(join(directory, name), bytes);
  const options = spoolOptions(join(directory, 'spool.db'), { tailMessagesMax: 10 });
  const faults: string[] = [];
  try {
    const spool = await Spool.open(options, { messagesMax: 2_000, bytesMax: 1e6 });
    const there = await waiting(spool);
    const books = booksOf(spool);
    await spool.append(itemOf(messageOf(999_999)));
    const later = await waiting(spool);
    await spool.close();
    const held = new Set(there);
    const missing = [...cut.acked].filter(
      (number) => !held.has(number) && !cut.settling.has(number) && !lost.has(number),
    );
    if (missing.length > 0) faults.push(`acked and not there: ${missing}`);
    if (held.size !== there.length) faults.push(`doubled: ${there}`);
    if (there.some((number) => !cut.begun.has(number))) faults.push(`never sent: ${there}`);
    if (there.some((number) => cut.settled.has(number))) faults.push(`settled and back: ${there}`);
    if (books.imbalance !== 0) faults.push(`books: ${JSON.stringify(books)}`);
    if ((books.quarantined.not_json ?? 0) < cut.quarantined)
      faults.push('a quarantined message is not in the books');
    if (spool.opened.lostMessages > lost.size) faults.push(`lost: ${spool.opened.lostMessages}`);
    if (lost.size === 0 && spool.opened.setAside !== undefined) faults.push('taken for damaged');
    if (later.at(-1) !== 999_999) faults.push('takes nothing more');
  } catch (error) {
    faults.push(`cannot be opened: ${error}`);
  }
  rmSync(directory, { recursive: true });
  return faults.map((fault) => `${cut.name}: ${fault}`);
};

const lanes = 3;
const faultsOfAll = async (
  cuts: readonly Cut[],
  lost: ReadonlySet<number> = new Set(),
): Promise<string[]> => {
  const root = temporaryDirectory();
  const faults: string[] = [];
  const queue = cuts.entries();
  const lane = async (): Promise<void> => {
    for (const [index, cut] of queue) faults.push(...(await faultsOf(join(root, String(index)), cut, lost)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return faults;
};

/** Two of them make a checkpoint: a thousand pages in the log. */
const large = 2_000_000;

const filled: readonly Step[] = [
  append(1, 4),
  append(4, 5),
  { do: 'quarantine', number: 1 },
  append(5, 8),
  { do: 'settle', upTo: 2, from: 1, to: 5 },
  append(8, 9, large),
  append(9, 10),
  append(10, 11, large),
  append(11, 13),
  { do: 'settle', upTo: 5, from: 5, to: 10 },
  append(13, 16),
];

const check = async (operations: readonly Traced[], lost?: ReadonlySet<number>): Promise<void> => {
  const cuts = cutsOf(operations, FAULTS === 'every').filter((_, index) => index % oneIn === 0);
  process.stdout.write(`${operations.length} operations, ${cuts.length} power cuts\n`);
  expect(cuts.length).toBeGreaterThan(50 / oneIn);
  expect(await faultsOfAll(cuts, lost)).toEqual([]);
};

test('a power cut while a spool is made, filled, checkpointed and closed', { timeout }, async () => {
  await check(await trace(temporaryDirectory(), [...filled, { do: 'close' }]));
});

test('a power cut while a spool is read back after another one', { timeout }, async () => {
  const directory = temporaryDirectory();
  await trace(directory, filled);
  const operations = await trace(directory, [
    append(21, 24),
    { do: 'settle', upTo: 7, from: 10, to: 13 },
    append(24, 26),
  ]);
  await check(operations);
});

test('a power cut while a damaged spool is replaced takes no more than the damage did', {
  timeout,
}, async () => {
  const directory = temporaryDirectory();
  const pages = Array.from({ length: 30 }, (_, index): Step => append(index + 1, index + 2, 3_000));
  await trace(directory, [...pages, { do: 'close' }]);
  const path = join(directory, 'spool.db');
  zeroPage(path, Math.floor(pagesOf(path) / 2));
  const operations = await trace(directory, [append(41, 44), append(44, 46)]);
  const spool = await Spool.open(spoolOptions(path), { messagesMax: 2_000, bytesMax: 1e6 });
  const there = new Set(await waiting(spool));
  await spool.close();
  const lost = new Set(
    Array.from({ length: 30 }, (_, index) => index + 1).filter((number) => !there.has(number)),
  );
  expect(lost.size).toBeGreaterThan(0);
  expect(lost.size).toBeLessThan(4);
  await check(operations, lost);
});

test('the simulated disk finds what a spool loses that does not sync', async () => {
  const operations = await trace(temporaryDirectory(), filled.slice(0, 4));
  const unsynced = operations.filter(({ kind }) => kind !== 'sync');
  const faults = await faultsOfAll(cutsOf(unsynced).slice(-20));
  expect(faults.filter((fault) => fault.includes('acked and not there')).length).toBeGreaterThan(3);
});
