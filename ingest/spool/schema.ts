import { ApertoError } from '../../model/errors.ts';
import type { Connection } from './connection.ts';

/** Raised when the tables change; an older file is migrated, a newer one is refused. */
export const schemaVersion = 2;

/**
 *   batch        one group commit: body = body.ts, crc = CRC-32 of it. Ids never come twice (AUTOINCREMENT).
 *                Rows up to `progress.confirmed` are in the store and are kept as the tail from which the window
 *                of repeats is read back; the older ones go.
 *   ledger       the books, one row an account
 *   quarantine   messages set aside
 *   progress     one row
 *   memory       what device definitions remember, least recently set first by rowid
 */
const tables = `
create table batch (
  id integer primary key autoincrement,
  messages integer not null,
  points integer not null,
  crc integer not null,
  body blob not null
);
create table ledger (account text primary key, messages integer not null) without rowid;
create table quarantine (
  id integer primary key autoincrement,
  received_at integer not null,
  topic text not null,
  reason text not null,
  detail text not null,
  payload text not null,
  sender text not null
);
create index quarantine_sender on quarantine (sender, id);
create table memory (key text primary key, value text not null);
create table progress (id integer primary key check (id = 1), confirmed integer not null);
insert into progress values (1, 0);
pragma user_version = ${schemaVersion};
`;

/** What brings a file of the version before to the next one, by the version that it has. */
const migrations: readonly string[] = [
  '',
  `
alter table quarantine add column sender text not null default '';
update quarantine set sender = topic;
create index quarantine_sender on quarantine (sender, id);
pragma user_version = 2;
`,
];

/**
 * Makes the tables of an empty file, checks the version of any other.
 * @throws ApertoError `config` for a file of a newer release or of another program
 */
export const prepareSchema = (connection: Connection): void => {
  const version = connection.number('pragma user_version');
  if (version > schemaVersion) {
    throw new ApertoError('config', `${connection.path}: written by a newer release; start that one`);
  }
  if (version === schemaVersion) return;
  if (version > 0) {
    for (const script of migrations.slice(version)) connection.transaction(() => connection.script(script));
    return;
  }
  if (connection.number('select count(*) from sqlite_schema') > 0) {
    throw new ApertoError('config', `${connection.path}: is a database of something else; choose --data`);
  }
  connection.transaction(() => connection.script(tables));
};
