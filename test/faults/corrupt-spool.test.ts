import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Spool } from '../../ingest/spool/spool.ts';
import { temporaryDirectory } from '../support/directory.ts';
import {
  booksOf,
  counted,
  itemOf,
  messageOf,
  pointOf,
  range,
  readerOf,
  spoolOptions,
  spoolPath,
  waiting,
} from '../support/spool.ts';
import { damage, damages } from './corruption/damages.ts';

const { FAULTS = 'some' } = process.env;
const numRuns = FAULTS === 'some' ? 10 : 1_000;
const timeout = 600_000;
const limits = { messagesMax: 1, bytesMax: 1e6 };

/** 150 batches of one message and about a page, 40 of them stored, 10 messages quarantined. */
const messages = 150;
const stored = 40;
const quarantined = 10;

interface Files {
  readonly database: Buffer;
  readonly log?: Buffer;
}
let made: { readonly closed: Files; readonly killed: Files } | undefined;

const originals = async (): Promise<NonNullable<typeof made>> => {
  if (made !== undefined) return made;
  const path = spoolPath();
  const append = async (from: number, to: number): Promise<Spool> => {
    const spool = await Spool.open(spoolOptions(path), limits);
    const entries = range(from, to).map((n) => ({ origin: 'x'.repeat(2_000), points: [pointOf(n)] }));
    await Promise.all(entries.map((entry) => spool.append(itemOf(entry))));
    return spool;
  };
  // The first half is in the database, the other in its log.
  await (await append(1, messages / 2)).close();
  const spool = await append(messages / 2, messages + 1);
  for (const number of range(0, quarantined)) {
    const copy = {
      receivedAt: number,
      topic: 't',
      reason: 'not_json',
      detail: 'no',
      payload: 'x'.repeat(900),
    };
    await spool.append({ ...counted('quarantined:not_json'), quarantined: [copy] });
  }
  await readerOf(spool).settle({ upTo: stored, quarantined: [], accounts: { stored } });
  const killed = { database: readFileSync(path), log: readFileSync(`${path}-wal`) };
  await spool.close();
  made = { killed, closed: { database: readFileSync(path) } };
  return made;
};

interface Found {
  readonly numbers: readonly number[];
  readonly books: ReturnType<typeof booksOf>;
  readonly lost: number;
  readonly setAside: string | undefined;
}

const openOnce = async (path: string): Promise<Found> => {
  const spool = await Spool.open(spoolOptions(path), limits);
  const numbers = await waiting(spool);
  const { lostMessages: lost, setAside } = spool.opened;
  await spool.append(itemOf(messageOf(9_999)));
  expect((await waiting(spool)).at(-1)).toBe(9_999);
  const books = booksOf(spool);
  await spool.close();
  return { numbers, books, lost, setAside };
};

const openDamaged = async ({ database, log }: Files): Promise<Found> => {
  const path = join(temporaryDirectory(), 'spool.db');
  writeFileSync(path, database);
  if (log !== undefined) writeFileSync(`${path}-wal`, log);
  const found = await openOnce(path);
  if (found.setAside !== undefined && log === undefined) {
    expect(existsSync(found.setAside) && readFileSync(found.setAside).equals(database)).toBe(true);
  }
  const again = await openOnce(path);
  expect([again.books.imbalance, again.lost, again.setAside]).toEqual([0, 0, undefined]);
  return found;
};

/** Whatever was damaged: no crash, no reading twice or made up, books that balance, and work goes on. */
const check = ({ numbers, books }: Found): void => {
  expect(books.imbalance).toBe(0);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.filter((number) => !(number >= 1 && number <= messages))).toEqual([]);
};

/** The page of the root or the books may be hit, but no more than a few batches with it. */
const fewMax = 12;

test('a log that is damaged anywhere but in its last commits loses no more than the place that was hit', {
  timeout,
}, async () => {
  const { killed } = await originals();
  const { database, log = Buffer.alloc(0) } = killed;
  const place = fc.noBias(fc.integer({ min: 0, max: log.length - 100_000 }));
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const found = await openDamaged({
        database,
        log: damage(log, { kind: 'flip', at: at / log.length, bit }),
      });
      check(found);
      expect(found.setAside).toBeDefined();
      expect(found.books).toMatchObject({ received: messages + quarantined, stored });
      expect(found.lost).toBeLessThan(fewMax);
      expect(found.numbers.length).toBe(messages - stored - found.lost);
    }),
    { numRuns, seed: 20_261_123 },
  );
});

test.each([
  ['a database of garbage', ({ database }: Files) => ({ database: Buffer.alloc(database.length, 7) })],
  [
    'a database without its header',
    ({ database }: Files) => ({ database: damage(database, { kind: 'zero-page', at: 0 }) }),
  ],
  ['a log of garbage', ({ database, log }: Files) => ({ database, log: Buffer.alloc(log?.length ?? 0, 7) })],
  [
    'a log whose database was emptied',
    ({ log = Buffer.alloc(0) }: Files) => ({ database: Buffer.alloc(0), log }),
  ],
])('%s: that the books are not complete stays in the books', async (name, change) => {
  const { closed, killed } = await originals();
  const found = await openDamaged(change(name.includes('log') ? killed : closed));
  expect(found.setAside).toBeDefined();
  expect(found.books).toMatchObject({ imbalance: 0, booksLost: 1 });
});

test('a closed spool with any damage opens, keeps what is readable and counts the rest', {
  timeout,
}, async () => {
  const { closed } = await originals();
  await fc.assert(
    fc.asyncProperty(damages, async (what) => {
      const found = await openDamaged({ database: damage(closed.database, what) });
      check(found);
    }),
    { numRuns, seed: 20_261_123 },
  );
});

test('a spool with a log that any damage hit opens, keeps what is readable and counts the rest', {
  timeout,
}, async () => {
  const { killed } = await originals();
  await fc.assert(
    fc.asyncProperty(damages, fc.boolean(), async (what, hitsLog) => {
      const { database, log = Buffer.alloc(0) } = killed;
      const found = await openDamaged(
        hitsLog ? { database, log: damage(log, what) } : { database: damage(database, what), log },
      );
      check(found);
    }),
    { numRuns, seed: 20_261_123 },
  );
});
