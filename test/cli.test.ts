import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAperto, startAperto, temporaryDirectory } from './support/aperto.ts';
import { runCommand } from './support/command.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

const up = (...words: string[]) =>
  runCommand(['up', '--data', directory.path, '--http-port', '0', '--mqtt-port', '0', ...words]);

/** One line, that names what and what to do, and exit code 2. */
const expectOneLine = (
  { code, stderr }: { code: number; stderr: string },
  ...words: (string | RegExp)[]
): void => {
  for (const word of words) expect(stderr).toMatch(word);
  expect(stderr.trim().split('\n').length).toBe(1);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
};

it.each([
  ['an unknown flag', ['--sped', '2'], '--sped'],
  ['a port that is none', ['--mqtt-port', '70000'], '--mqtt-port'],
  ['a store that is none', ['--store', 'oracle'], 'oracle'],
  ['a site file that is not there', ['--site', 'nowhere.yaml'], 'nowhere.yaml'],
  ['an open door without a secret', ['--host', '0.0.0.0'], 'APERTO_MQTT_PASSWORD'],
  ['a log level that is none', ['--log-level', 'loud'], 'loud'],
  ['a speed without a street', ['--speed', '60'], '--speed: only with --simulate'],
  ['a seed without a street', ['--seed', '7'], '--seed: only with --simulate'],
  ['an address that is none', ['--host', '999.1.1.1'], '--host'],
  ['an address with a port', ['--host', '127.0.0.1:8080'], 'without a port'],
  ['an address in brackets', ['--host', '[::1]'], '--host'],
])('says in one line what is wrong with %s', async (_what, words, named) => {
  expectOneLine(await up(...words), named);
});

it('names file, line and path of a mistake in a site file', async () => {
  const file = join(directory.path, 'broken.yaml');
  await writeFile(file, 'id: piazza\nname: Piazza\ncity: 7\n');
  expectOneLine(await up('--site', file), 'broken.yaml:3: city:');
});

it('refuses two site files of one id', async () => {
  expectOneLine(await up('--site', 'sites/via-rossini.yaml', 'sites/via-rossini.yaml'), 'via-rossini');
});

it('ends when a start fails half way, and gives the data directory back', async () => {
  const data = join(directory.path, 'failed');
  const first = await startAperto({ data });
  const taken = new URL(first.mqtt).port;
  const other = join(directory.path, 'other');
  // A process, because it must end.
  expectOneLine(await runAperto(['up', '--data', other, '--mqtt-port', taken, '--http-port', '0']), taken);
  await first.stop();
  const second = await startAperto({ data: other });
  expect(await second.stop()).toBe(0);
});

it('starts without InfluxDB, and says in readiness that it waits for it', async () => {
  const aperto = await startAperto({
    data: join(directory.path, 'no-influx'),
    parameters: ['--store', 'influx'],
    environment: { INFLUX_URL: 'http://127.0.0.1:1' },
  });
  const ready = await fetch(`${aperto.http}/health/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.text()).toContain('InfluxDB');
  expect(await aperto.stop()).toBe(0);
});

it('names the address and the flag when a port is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  expectOneLine(await up('--mqtt-port', port), `127.0.0.1:${port}`, '--mqtt-port');
  expectOneLine(await up('--http-port', port), `127.0.0.1:${port}`, '--http-port');
  server.close();
});

it('says that a data directory is in use', async () => {
  const data = join(directory.path, 'used');
  const first = await startAperto({ data });
  expectOneLine(await runCommand(['up', '--data', data, '--mqtt-port', '0', '--http-port', '0']), data);
  expect(await first.stop()).toBe(0);
});

it('says that a data directory cannot be made', async () => {
  const file = join(directory.path, 'file');
  await writeFile(file, '');
  expectOneLine(await up('--data', join(file, 'data')), 'data directory', '--data');
});

it('says that a data directory cannot be written to', async () => {
  // Not even root may make a directory here.
  expectOneLine(await up('--data', '/sys/aperto'), '/sys/aperto', '--data');
});

it('gives up at once where the file system has no room for directories', async () => {
  expectOneLine(await up('--data', '/proc/aperto/data'), '/proc/aperto/data', '--data');
});

it('says that a data directory is a file', async () => {
  const file = join(directory.path, 'plain');
  await writeFile(file, '');
  expectOneLine(await up('--data', file), 'it is a file', '--data');
});

it('says that a site file is empty', async () => {
  const file = join(directory.path, 'empty.yaml');
  await writeFile(file, '');
  expectOneLine(await up('--site', file), 'empty.yaml:1: the file: is empty; a site has');
});

it.each(['check', 'build'])('dashboards %s says that its folder is none', async (command) => {
  const file = join(directory.path, `boards-${command}`);
  await writeFile(file, '');
  expectOneLine(await runCommand(['dashboards', command, '--directory', file]), 'is a file');
});

it('dashboards check says that its folder is not there', async () => {
  const nowhere = join(directory.path, 'no-boards');
  expectOneLine(
    await runCommand(['dashboards', 'check', '--directory', nowhere]),
    `${nowhere}: is not there`,
  );
});

it('decodes a native message to readings, one line of JSON each', async () => {
  const topic = 'aperto/1/via-rossini/meter/M1';
  const input = '{"t":"2026-06-23T10:00:00+02:00","active_power_w":-420.5,"phases":{"a":{"voltage_v":231}}}';
  const { code, stdout } = await runAperto(['decode', '--topic', topic], { input });
  expect(code).toBe(0);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      device: 'M1',
      measurement: 'power',
      tags: { phase: 'total' },
      fields: { active_power_w: -420.5 },
      time: '2026-06-23T08:00:00.000Z',
    },
    {
      device: 'M1',
      measurement: 'power',
      tags: { phase: 'a' },
      fields: { voltage_v: 231 },
      time: '2026-06-23T08:00:00.000Z',
    },
  ]);
});

it('decodes at a given time when the device has none', async () => {
  const { stdout } = await runAperto(
    ['decode', '--topic', 'aperto/1/via-rossini/seat/S01', '--at', '2026-06-23T08:00:00Z'],
    {
      input: '{"occupied":false}',
    },
  );
  expect(JSON.parse(stdout)).toMatchObject({ fields: { occupied: 0 }, time: '2026-06-23T08:00:00.000Z' });
});

it.each([
  ['no JSON', 'aperto/1/via-rossini/seat/S01', 'taken', 'not_json'],
  ['a topic of nobody', 'coffee/machine', '{}', 'unknown_topic'],
])('says in one line of JSON why it cannot decode %s, exit 2', async (_what, topic, input, reason) => {
  const { code, stdout, stderr } = await runAperto(['decode', '--topic', topic], { input });
  expect(stdout).toBe('');
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: reason } });
  expect(code).toBe(2);
});

it('prints the books and the quarantine of a running Aperto', async () => {
  const aperto = await startAperto({ data: join(directory.path, 'books') });
  const ledger = await runCommand(['ledger', '--url', aperto.http]);
  expect(ledger).toMatchObject({ code: 0 });
  expect(ledger.stdout).toMatch(/^received\s+0$/m);
  expect(ledger.stdout).toMatch(/^unaccounted for\s+0$/m);
  expect(await runCommand(['quarantine', 'list', '--url', aperto.http])).toMatchObject({
    code: 0,
    stdout: '',
  });
  await aperto.stop();
  expectOneLine(await runCommand(['ledger', '--url', aperto.http]), 'no Aperto answers', '--url');
});

it('lists its commands and examples', async () => {
  expect((await runAperto(['--help'])).stdout).toMatch(
    /up .*\n[\s\S]*simulate .*\n[\s\S]*decode .*\n[\s\S]*dashboards /,
  );
  const help = await runAperto(['up', '--help']);
  expect(help).toMatchObject({ code: 0 });
  expect(help.stdout).toContain('aperto up --simulate');
});
