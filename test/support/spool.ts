import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { LedgerView } from '../../ingest/ledger.ts';
import { type Account, imbalance, Ledger } from '../../ingest/ledger.ts';
import { decodeBody, encodeBody, type StoredMessage } from '../../ingest/spool/body.ts';
import type { CommitLimits, SpoolItem } from '../../ingest/spool/commit.ts';
import type { SpoolOptions } from '../../ingest/spool/protocol.ts';
import { SpoolReader } from '../../ingest/spool/reader.ts';
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

export const messageOf = (number: number): StoredMessage => ({ points: [pointOf(number)] });

/** One accepted message, as the pipeline appends it. */
export const itemOf = (message: StoredMessage, changes: Partial<SpoolItem> = {}): SpoolItem => ({
  batch: { body: encodeBody([message]), messages: message.messages ?? 1, points: message.points.length },
  ...(message.messages === 0 ? {} : { accounts: new Map<Account, number>([['spooled', 1]]) }),
  ...changes,
});

/** A message that left nothing but a count. */
export const counted = (account: Account): SpoolItem => ({ accounts: new Map([[account, 1]]) });

const readers = new WeakMap<Spool, SpoolReader>();

/** The drain's view of a spool. */
export const readerOf = (spool: Spool): SpoolReader => {
  const known = readers.get(spool);
  if (known !== undefined) return known;
  const { port1, port2 } = new MessageChannel();
  const reader = new SpoolReader(port1);
  readers.set(spool, reader);
  void spool.connect(port2);
  return reader;
};

/** Appends one message a number, all in one turn. */
export const appendAll = (spool: Spool, numbers: readonly number[]): Promise<readonly unknown[]> =>
  Promise.all(numbers.map((number) => spool.append(itemOf(messageOf(number)))));

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** The numbers of all that waits for the store, in order. */
export const waiting = async (spool: Spool): Promise<number[]> => {
  const { batches } = await readerOf(spool).read(0, Number.MAX_SAFE_INTEGER);
  return batches.flatMap(({ body }) => decodeBody(body)).flatMap(({ points }) => points.map((p) => p.time));
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
