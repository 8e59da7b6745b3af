import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LedgerView } from '../../ingest/ledger.ts';
import { imbalance, Ledger } from '../../ingest/ledger.ts';
import type { CommitLimits } from '../../ingest/spool/commit.ts';
import { decodeBatch, type SpoolEntry, toEntry } from '../../ingest/spool/entry.ts';
import type { SpoolOptions } from '../../ingest/spool/protocol.ts';
import { Spool } from '../../ingest/spool/spool.ts';
import type { Point } from '../../model/point.ts';
import { temporaryDirectory } from './directory.ts';

export const spoolPath = (): string => join(temporaryDirectory(), 'spool.db');

export const spoolOptions = (path: string, changes: Partial<SpoolOptions> = {}): SpoolOptions => ({
  path,
  sizeBytesMax: 64 * 1024 * 1024,
  tailMessagesMax: 1_000,
  quarantineRowsMax: 100,
  ...changes,
});

/** A spool of the running test: closed when it ends, if the test did not do so. */
export const openSpool = async (
  path: string,
  changes: Partial<SpoolOptions> = {},
  limits: CommitLimits = { messagesMax: 2_000, bytesMax: 4 * 1024 * 1024 },
): Promise<Spool> => {
  const spool = await Spool.open(spoolOptions(path, changes), limits);
  onTestFinished(() => spool.close());
  return spool;
};

/** A seat's point whose time is its number. */
export const pointOf = (number: number, device = 'S01'): Point => ({
  measurement: 'occupancy',
  tags: { site: 'via-rossini', zone: 'teatro', device, kind: 'seat' },
  fields: { occupied: number % 2 },
  time: number,
});

export const entryOf = (number: number): SpoolEntry => toEntry({ points: [pointOf(number)] });

/** Appends one message a number, all in one turn. */
export const appendAll = (spool: Spool, numbers: readonly number[]): Promise<readonly unknown[]> =>
  Promise.all(numbers.map((number) => spool.append({ entry: entryOf(number), account: 'spooled' })));

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** The numbers of all that waits for the store, in order. */
export const waiting = async (spool: Spool): Promise<number[]> => {
  const { batches } = await spool.read(0, Number.MAX_SAFE_INTEGER);
  return batches.flatMap(({ body }) => decodeBatch(body)).flatMap(({ points }) => points.map((p) => p.time));
};

/** The books as a start finds them. */
export const booksOf = ({ opened }: Spool): LedgerView & { readonly imbalance: number } => {
  const view = new Ledger(opened.accounts, opened.waitingMessages).view();
  return { ...view, imbalance: imbalance(view) };
};

/** Runs SQL on a spool's file from a process of its own, and answers the rows of the last statement. */
export const sql = (path: string, ...statements: readonly string[]): Record<string, unknown>[] => {
  const script = `
    const Database = require('libsql');
    const database = new Database(process.argv[1]);
    const rows = process.argv.slice(2).map((text) => database.prepare(text).all());
    process.stdout.write(JSON.stringify(rows.at(-1)));
    process.exit(0);`;
  const text = execFileSync(process.execPath, ['-e', script, path, ...statements], { encoding: 'utf8' });
  return JSON.parse(text);
};
