import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temperatures } from '../samples.contract.ts';
import { openDuckDbStore } from './duckdb-store.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aperto-open-'));
  path = join(directory, 'street.duckdb');
});
afterEach(() => rm(directory, { recursive: true }));

/** Opens and leaves again; rejects with what is wrong. */
const open = async (file: string): Promise<void> => {
  const store = await openDuckDbStore({ path: file });
  await store.close();
};

/** Changes a file behind the store's back. */
const change = async (...statements: string[]): Promise<void> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
};

const oneLine = (pattern: RegExp): unknown => expect.stringMatching(new RegExp(`^${pattern.source}[^\\n]*$`));

test('a file that another process holds', async () => {
  const script = `
    const { DuckDBInstance } = await import('@duckdb/node-api');
    globalThis.held = await DuckDBInstance.create(process.argv[1]);
    console.log('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: new URL('../..', import.meta.url),
  });
  await once(child.stdout, 'data');
  await expect(open(path)).rejects.toMatchObject({
    code: 'store_unavailable',
    retry: true,
    message: oneLine(
      /.*street\.duckdb: open in another process, .*\(PID \d+\); stop it or choose another file/,
    ),
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect(open(path)).resolves.toBeUndefined();
});

test('a file that this process holds, by whatever name', async () => {
  const store = await openDuckDbStore({ path });
  await expect(open(join(directory, '.', 'x', '..', 'street.duckdb'))).rejects.toMatchObject({
    code: 'store_unavailable',
    message: oneLine(/.*street\.duckdb: open already in this process/),
  });
  expect(await store.write(temperatures('s', [1]))).toEqual({ stored: 1, rejected: [] });
  await store.close();
  await expect(open(path)).resolves.toBeUndefined();
});

test.each(['/proc/street.duckdb', '/nowhere/at/all.duckdb', '/proc'])(
  '%s cannot be written',
  async (file) => {
    await expect(open(file)).rejects.toMatchObject({
      code: 'config',
      message: oneLine(
        new RegExp(`${file}: cannot be written \\(.+\\); choose a file in a directory that exists`),
      ),
    });
  },
);

test.each([
  ['another kind of file', 'a letter to a friend '.repeat(1_000)],
  ['an empty file', ''],
])('%s', async (_, text) => {
  await writeFile(path, text);
  await expect(open(path)).rejects.toMatchObject({
    code: 'config',
    message: oneLine(
      /.*street\.duckdb: not a DuckDB database or damaged .*; restore it from a backup or move it away/,
    ),
  });
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('a damaged file', async () => {
  await open(path);
  const bytes = await readFile(path);
  await writeFile(path, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0x5a)]));
  await expect(open(path)).rejects.toMatchObject({ code: 'config', message: oneLine(/.*damaged.*/) });
});

test('a file of another layout', async () => {
  await open(path);
  await change('update aperto_format set version = 99');
  await expect(open(path)).rejects.toMatchObject({
    code: 'config',
    message: oneLine(/.*street\.duckdb: it has layout 99, this version knows 1/),
  });
});

test('a field that has another type there', async () => {
  await open(path);
  await change('drop view weather', 'alter table weather_points alter co2_ppm type VARCHAR');
  await expect(open(path)).rejects.toMatchObject({
    code: 'config',
    message: oneLine(/.*weather_points\.co2_ppm as VARCHAR, the model says DOUBLE/),
  });
});
