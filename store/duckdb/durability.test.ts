import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything, start, temperatures } from '../samples.contract.ts';
import type { Store } from '../store.ts';
import { openDuckDbStore } from './duckdb-store.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aperto-durable-'));
  path = join(directory, 'street.duckdb');
});
afterEach(() => rm(directory, { recursive: true }));

const built = new URL('../../dist/store/duckdb/duckdb-store.js', import.meta.url);

/** Writes batches of `pointsOfBatch` for ever, beginning at an index, and prints the index after each that is acked. */
const writer = `
const { openDuckDbStore } = await import(process.argv[1]);
const [, , path, from] = process.argv;
const store = await openDuckDbStore({ path });
for (let index = Number(from); ; ) {
  const points = Array.from({ length: 50 }, () => ({
    measurement: 'weather', tags: { site: 's', zone: 'z', device: 'W' + (index % 5) },
    fields: { temperature_c: index }, time: ${start} + index++,
  }));
  await store.write(points);
  console.log(index);
}`;

/** Lets a child write, kills it after some acks, and returns the last index that it said was written. */
const writeAndKill = async (from: number, acks: number): Promise<number> => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--input-type=module', '-e', writer, built.href, path, String(from)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  let last = from;
  let count = 0;
  if (child.stdout === null) throw new Error('the child has no output');
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (++count === acks) child.kill('SIGKILL');
  }
  await exited;
  expect(child.signalCode).toBe('SIGKILL');
  return last;
};

const valuesOf = async (store: Store): Promise<number[]> =>
  (await everything(store, 'weather', 'temperature_c', 's'))
    .flatMap(({ points }) => points.map(([, value]) => value))
    .sort((a, b) => a - b);

test('every batch that was acked is there after SIGKILL, whole and once', async () => {
  let acked = 0;
  for (const acks of [3, 20, 41]) {
    acked = await writeAndKill(acked, acks);
    const store = await openDuckDbStore({ path });
    const values = await valuesOf(store);
    await store.close();
    expect(values.length).toBeGreaterThanOrEqual(acked);
    expect(values.length % 50).toBe(0);
    expect(values).toEqual(values.map((_, index) => index));
  }
  expect(acked).toBeGreaterThanOrEqual(64 * 50);
});

test('a file that is closed and opened again holds what it held, and merges into it', async () => {
  const first = await openDuckDbStore({ path });
  await first.write(temperatures('s', [0, 1, 2, 3], 'W1'));
  await first.close();
  const second = await openDuckDbStore({ path, threads: 1, memoryLimitMb: 64 });
  expect(await second.write(temperatures('s', [0, 1, 20, 3, 4], 'W1'))).toEqual({ stored: 5, rejected: [] });
  expect(await second.write(temperatures('s', [50], 'W2'))).toEqual({ stored: 1, rejected: [] });
  expect(await valuesOf(second)).toEqual([0, 1, 3, 4, 20, 50]);
  expect((await second.latest('weather', 's', 0)).map(({ tags }) => tags.device)).toEqual(['W1', 'W2']);
  await second.close();
});
