import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { spoolPath } from '../../test/support/spool.ts';
import { Connection } from './connection.ts';
import { isDamage } from './damage.ts';

const open = (path = spoolPath()): Connection => {
  const connection = new Connection(path);
  connection.own(20 * 4096);
  connection.script('create table t (id integer primary key, body blob)');
  return connection;
};
const insert = (connection: Connection, bytes: number): void =>
  connection.run('insert into t (body) values (?)', Buffer.alloc(bytes, 1));
const count = (connection: Connection): number => connection.number('select count(*) from t');

test('every commit is fsynced and nobody else gets the file', () => {
  const connection = open();
  expect(connection.rows('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  // 2 is FULL: the log is synced at each commit; 1 would lose the last ones in a power cut.
  expect(connection.number('pragma synchronous')).toBe(2);
  expect(connection.rows('pragma locking_mode')).toEqual([{ locking_mode: 'exclusive' }]);
});

test('a full file is rolled back, says so, and takes more once there is room', () => {
  const connection = open();
  const fill = (): void => {
    for (;;) {
      connection.transaction(() => {
        insert(connection, 5_000);
        insert(connection, 5_000);
      });
    }
  };
  expect(fill).toThrow(expect.objectContaining({ code: 'spool_full', retry: true }));
  const rows = count(connection);
  expect(rows).toBeGreaterThan(4);
  expect(rows % 2).toBe(0);
  expect(fill).toThrow('the spool or its disk is full');
  expect(count(connection)).toBe(rows);

  connection.run('delete from t where id <= 4');
  connection.transaction(() => insert(connection, 5_000));
  expect(count(connection)).toBe(rows - 3);
});

test('an error in a transaction takes all of it back and leaves the connection usable', () => {
  const connection = open();
  const broken = (): void =>
    connection.transaction(() => {
      insert(connection, 1);
      connection.run('insert into t (id) values (?)', 1);
    });
  expect(broken).toThrow(expect.objectContaining({ code: 'spool_failed' }));
  expect(count(connection)).toBe(0);
  connection.transaction(() => insert(connection, 1));
  expect(count(connection)).toBe(1);
});

test('a second connection on the file is told that it is in use', () => {
  const path = spoolPath();
  const first = open(path);
  expect(() => open(path)).toThrow(
    expect.objectContaining({ code: 'config', message: expect.stringContaining('another process uses it') }),
  );
  expect(count(first)).toBe(0);
});

test('a directory that is not there is named, with what to check', () => {
  const path = join(temporaryDirectory(), 'missing', 'spool.db');
  expect(() => new Connection(path)).toThrow(
    `${path}: cannot be opened as the spool; check that its directory exists and can be written`,
  );
});

test('a file that is no database is damage', () => {
  const path = spoolPath();
  writeFileSync(path, 'this is not a database, but long enough to look like one '.repeat(20));
  const connection = new Connection(path);
  const error = (() => {
    try {
      connection.verify();
    } catch (thrown) {
      return thrown;
    }
    return undefined;
  })();
  expect(isDamage(error)).toBe(true);
});
