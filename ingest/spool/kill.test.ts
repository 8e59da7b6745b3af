import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { booksOf, openSpool, spoolOptions, spoolPath, waiting } from '../../test/support/spool.ts';

/** Appends from 20 senders without end, and prints each number once its append has resolved. */
const sender = `
const { Spool } = await import(process.argv[1]);
const { encodeBody } = await import(process.argv[2]);
const [options, from] = JSON.parse(process.argv[3]);
const spool = await Spool.open(options, { messagesMax: 2000, bytesMax: 4e6 });
let next = from;
const send = async () => {
  for (;;) {
    const time = next++;
    const point = { measurement: 'occupancy', tags: {}, fields: { occupied: 1 }, time };
    const batch = { body: encodeBody([{ points: [point] }]), messages: 1, points: 1 };
    await spool.append({ batch, accounts: new Map([['spooled', 1]]) });
    process.stdout.write(time + '\\n');
  }
};
await Promise.all(Array.from({ length: 20 }, send));`;

const built = (file: string): string => new URL(`../../dist/ingest/spool/${file}.js`, import.meta.url).href;

/** Runs a sender until it was told of `count` appends, then kills it. Answers all that it was told of. */
const sendAndKill = async (path: string, from: number, count: number): Promise<number[]> => {
  const options = JSON.stringify([spoolOptions(path), from]);
  const parameters = ['--input-type=module', '-e', sender, built('spool'), built('body'), options];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acked: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acked.push(Number(line));
    if (acked.length === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return acked;
};

test('every resolved append is in the file after SIGKILL, five times in a row', async () => {
  const path = spoolPath();
  const acked: number[] = [];
  for (let round = 0; round < 5; round++) {
    acked.push(...(await sendAndKill(path, round * 1_000_000, 300 + round * 17)));
  }
  const spool = await openSpool(path);
  const there = await waiting(spool);
  const set = new Set(there);
  expect(acked.length).toBeGreaterThan(1_500);
  expect(acked.filter((number) => !set.has(number))).toEqual([]);
  expect(set.size).toBe(there.length);
  expect(booksOf(spool)).toMatchObject({ received: there.length, spooled: there.length, imbalance: 0 });
  expect(spool.opened.lostMessages).toBe(0);
});
