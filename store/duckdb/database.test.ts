import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBatch } from '../batch.ts';
import { temperatures } from '../samples.contract.ts';
import { Database } from './database.ts';

let directory: string;
let database: Database;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aperto-database-'));
  database = await Database.open({
    path: join(directory, 'street.duckdb'),
    threads: 1,
    memoryLimitMb: 200,
    seriesMax: 100,
    readers: 2,
  });
});
afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

const write = (values: readonly number[], device: string) =>
  database.write((writer) => writer.write(toBatch(temperatures('s', values, device)).entries));
const run = (sql: string) => database.read((connection) => connection.run(sql));
const rows = () =>
  database.read(async (connection) =>
    (
      await connection.runAndReadAll(
        'select device, temperature_c::INTEGER from weather order by device, time',
      )
    ).getRows(),
  );

test('the options reach DuckDB', async () => {
  const settings = await database.read((connection) =>
    connection.runAndReadAll(
      `select current_setting('threads')::INTEGER, current_setting('memory_limit'), current_setting('autoinstall_known_extensions')`,
    ),
  );
  expect(settings.getRows()).toEqual([[1, '190.7 MiB', false]]);
});

test('a failure that is fatal to DuckDB is told once, then the file is opened anew with all that was acked', async () => {
  await write([1, 2], 'A');
  await run(`set global debug_checkpoint_abort = 'before_header'`);
  await expect(run('checkpoint')).rejects.toMatchObject({
    code: 'store_unavailable',
    retry: true,
    message: expect.stringMatching(/^DuckDB \(.*street\.duckdb\): FATAL Error: [^\n]+$/),
  });
  await write([3], 'B');
  await write([1, 20], 'A');
  expect(await rows()).toEqual([
    ['A', 1],
    ['A', 20],
    ['B', 3],
  ]);
});

test('a commit that fails, nobody knows how far it got, is done again without a trace', async () => {
  await write([1], 'A');
  await run(`set global wal_autocheckpoint = '1KB'`);
  await run(`set global debug_checkpoint_abort = 'before_header'`);
  const many = Array.from({ length: 500 }, (_, index) => index);
  await expect(write(many, 'B')).rejects.toMatchObject({ code: 'store_unavailable', retry: true });
  await write(many, 'B');
  await write([2], 'B');
  const counted = await database.read((connection) =>
    connection.runAndReadAll(
      'select (select count(*) from series)::INTEGER, (select count(*) from weather_points)::INTEGER',
    ),
  );
  expect(counted.getRows()).toEqual([[2, 501]]);
});

test('a write that fails leaves nothing behind, and the same write succeeds later', async () => {
  await write([1], 'A');
  await run(`create or replace view weather as select 1`);
  await run('alter table series rename to series_away');
  await expect(write([5, 6], 'B')).rejects.toMatchObject({ code: expect.stringMatching(/^store_/) });
  await run('alter table series_away rename to series');
  await write([5, 6], 'B');
  await write([7], 'C');
  const stored = await database.read((connection) =>
    connection.runAndReadAll(
      'select s.device, p.temperature_c::INTEGER from weather_points p join series s on s.id = p.series order by 1, 2',
    ),
  );
  expect(stored.getRows()).toEqual([
    ['A', 1],
    ['B', 5],
    ['B', 6],
    ['C', 7],
  ]);
});

test('a statement that is wrong in itself is not to be tried again', async () => {
  await expect(run('select nonsense from weather')).rejects.toMatchObject({
    code: 'store_rejected',
    retry: false,
    message: expect.stringMatching(/^DuckDB \(.*\): Binder Error: [^\n]+$/),
  });
  expect(await rows()).toEqual([]);
});
