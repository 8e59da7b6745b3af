import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineMeasurement, integer } from '../../model/measurement.ts';
import { everything, pointAt, seatTags, start } from '../samples.contract.ts';
import { openDuckDbStore } from './duckdb-store.ts';
import { createSchema } from './schema.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aperto-schema-'));
  path = join(directory, 'street.duckdb');
});
afterEach(() => rm(directory, { recursive: true }));

const inFile = async <Value>(
  task: (connection: Awaited<ReturnType<DuckDBInstance['connect']>>) => Promise<Value>,
): Promise<Value> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const value = await task(connection);
  connection.closeSync();
  instance.closeSync();
  return value;
};

test('fields, tags and measurements that the model gained since are added to a file, which keeps its points', async () => {
  const early = defineMeasurement({
    name: 'occupancy',
    description: 'As it was before seats had a kind.',
    tags: {},
    fields: {
      retired: integer('1', 0, 9, 'Left the model since.'),
      people: integer('persons', 0, 9, 'People.'),
    },
  });
  await inFile(async (connection) => {
    await createSchema(connection, [early]);
    await connection.run(`insert into series values (0, 'occupancy', 's', 'north', 'S01')`);
    await connection.run(`insert into occupancy_points values (0, make_timestamp_ms(${start}), 7, 3)`);
  });
  const store = await openDuckDbStore({ path });
  const old = { site: 's', zone: 'north', device: 'S01' };
  expect(await store.write([pointAt('occupancy', old, start, { occupied: 1 })])).toEqual({
    stored: 1,
    rejected: [],
  });
  await store.write([pointAt('occupancy', old, start + 1, { people: 4 })]);
  await store.write([pointAt('occupancy', seatTags('s'), start, { occupied: 0, people: 5 })]);
  expect(await everything(store, 'occupancy', 'people', 's')).toEqual([
    {
      tags: old,
      points: [
        [start, 3],
        [start + 1, 4],
      ],
    },
    { tags: seatTags('s'), points: [[start, 5]] },
  ]);
  expect((await everything(store, 'occupancy', 'occupied', 's')).map(({ points }) => points[0]?.[1])).toEqual(
    [1, 0],
  );
  await store.close();
  const retired = await inFile((connection) =>
    connection.runAndReadAll('select sum(retired)::DOUBLE from occupancy_points'),
  );
  expect(retired.getRows()).toEqual([[7]]);
});

test('people who open the file find a view of each measurement with its tags', async () => {
  const store = await openDuckDbStore({ path });
  await store.write([pointAt('occupancy', seatTags('s'), start, { people: 5 })]);
  await store.close();
  const rows = await inFile(async (connection) =>
    (
      await connection.runAndReadAll('select time, site, zone, device, kind, people, occupied from occupancy')
    ).getRowObjectsJson(),
  );
  expect(rows).toEqual([
    {
      time: '2026-06-23 08:00:00',
      site: 's',
      zone: 'north',
      device: 'S01',
      kind: 'seat',
      people: '5',
      occupied: null,
    },
  ]);
});
