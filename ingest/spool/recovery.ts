import { existsSync, renameSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import Database from 'libsql';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { SpoolDatabase } from './database.ts';
import type { Opened, SpoolOptions } from './protocol.ts';

/** Ids that are tried one by one past an unreadable page before the rest of a file is given up. */
const unreadableIdsMax = 10_000;

/**
 * Opens the spool. A file that SQLite cannot use is set aside (never wiped), what is readable of it is carried
 * over, and what is not is counted: the books know how many messages there should have been.
 * @throws ApertoError `config` where the directory cannot be written or the file belongs to a newer release
 */
export const openSpool = (options: SpoolOptions): Opened & { readonly database: SpoolDatabase } => {
  try {
    const database = new SpoolDatabase(options);
    return { ...database.opened(), database };
  } catch (error) {
    if (!isDamage(error)) throw toOpenError(error, options.path);
  }
  const setAside = moveAside(options.path);
  const database = new SpoolDatabase(options);
  carryOver(setAside, database);
  database.recount();
  return { ...database.opened(), setAside, database };
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));

const toOpenError = (error: unknown, path: string): ApertoError =>
  error instanceof ApertoError
    ? error
    : new ApertoError('config', `${path}: cannot be opened as the spool: ${messageOf(error)}`, {
        cause: error,
      });

const moveAside = (path: string): string => {
  let number = 1;
  while (existsSync(`${path}.damaged-${number}`)) number++;
  const aside = `${path}.damaged-${number}`;
  for (const suffix of ['', '-wal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
};

type Row = { id: number; messages: number; points: number; crc: number; body: ArrayBuffer };

/** Reads what SQLite still yields; an error on the way means that this part is gone, and the books say how much. */
const carryOver = (from: string, to: SpoolDatabase): void => {
  const attempt = <Value>(work: () => Value): Value | undefined => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Error) return undefined;
      throw error;
    }
  };
  const old = attempt(() => new Database(from, { readonly: true }));
  if (old === undefined) return;
  const all = (sql: string) => attempt(() => old.prepare(sql).all() as Record<string, unknown>[]) ?? [];

  const books = all('select account, messages from ledger').map((row) => [
    String(row.account),
    Number(row.messages),
  ]);
  const confirmed = Number(all('select confirmed from progress')[0]?.confirmed ?? 0);
  to.carry(Object.fromEntries(books), confirmed);
  const last = Number(
    all("select seq from sqlite_sequence where name = 'batch'")[0]?.seq ?? confirmed + unreadableIdsMax,
  );
  let unreadable = 0;
  for (let id = confirmed + 1; id <= last && unreadable < unreadableIdsMax; id++) {
    const row = attempt(() => old.prepare('select * from batch where id = ?').get(id) as Row | undefined);
    if (row === undefined || crc32(Buffer.from(row.body)) !== row.crc) {
      unreadable++;
      continue;
    }
    unreadable = 0;
    to.insert(Buffer.from(row.body), row.messages, row.points, id);
  }
  attempt(() => old.close());
};
