/** Raised when the tables change; an older file is migrated, a newer one is refused. */
export const schemaVersion = 1;

/**
 *   batch        one group commit: body = entry.ts, crc = CRC-32 of it. Ids never come twice (AUTOINCREMENT), so
 *                a gap is a loss. Rows up to `progress.confirmed` are in the store and are kept as the tail from
 *                which the window of repeats is read back; the older ones go.
 *   ledger       the books, one row an account
 *   quarantine   messages set aside
 *   progress     one row
 */
export const createTables = `
create table if not exists batch (
  id integer primary key autoincrement,
  messages integer not null,
  points integer not null,
  crc integer not null,
  body blob not null
);
create table if not exists ledger (account text primary key, messages integer not null) without rowid;
create table if not exists quarantine (
  id integer primary key autoincrement,
  received_at integer not null,
  topic text not null,
  reason text not null,
  detail text not null,
  payload text not null
);
create table if not exists progress (id integer primary key check (id = 1), confirmed integer not null);
insert or ignore into progress values (1, 0);
`;
