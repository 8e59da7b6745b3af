import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { createProgram } from '../cli/program.ts';
import { imbalance } from '../ingest/ledger.ts';
import { messageOf } from '../model/errors.ts';
import { freePort } from './services/free-port.ts';
import { type Mosquitto, startMosquitto } from './services/mosquitto.ts';
import { runAperto } from './support/aperto.ts';
import { createAuthority } from './support/certificates.ts';
import { runCommand } from './support/command.ts';
import { temporaryDirectory } from './support/directory.ts';
import { startIngest } from './support/ingest.ts';
import { startBroker } from './support/loopback-broker.ts';
import { scriptedBroker } from './support/scripted-broker.ts';
import { bytesOf, loadVectors } from './support/vectors.ts';

const seat = 'aperto/1/via-rossini/seat/S07';
const quiet = ['--log-level', 'fatal'];
let broker: Mosquitto;
beforeAll(async () => {
  broker = await startMosquitto({ config: ['max_queued_messages 0'] });
});
afterAll(() => broker.stop());

const ingest = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  runCommand(['ingest', '--data', temporaryDirectory(), ...quiet, ...words], { environment });

/** One line that names what and what to do, and exit code 2. */
const expectOneLine = ({ code, stderr }: { code: number; stderr: string }, ...words: string[]): void => {
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr.trim().split('\n').length).toBe(1);
  expect(code).toBe(2);
};

it.each([
  ['no broker', [], ['--broker']],
  ['an address that is none', ['--broker', 'http://a'], ['mqtt://HOST:PORT']],
  ['a password on the command line', ['--broker', 'mqtt://u:secret@a'], ['APERTO_BROKER_PASSWORD_FILE']],
  ['two workers on one DuckDB', ['--broker', 'mqtt://a', '--workers', '2'], ['one owner', '--store influx']],
  [
    'a name for two workers',
    ['--broker', 'mqtt://a', '--workers', '2', '--worker-id', 'east'],
    ['--worker-id'],
  ],
  ['a name that is none', ['--broker', 'mqtt://a', '--worker-id', 'a/b'], ['--worker-id']],
  ['a filter that is none', ['--broker', 'mqtt://a', '--topic', 'a/#/b'], ['a/#/b']],
  ['filters that overlap', ['--broker', 'mqtt://a', '--topic', '+/a', 'b/+'], ['+/a', 'b/+']],
  ['nobody to retire', ['--broker', 'mqtt://a', '--retire'], ['--worker-id']],
  ['no native filter', ['--broker', 'mqtt://a', '--topic', 'b/+', '--native-only'], ['--native-only']],
])('says in one line what is wrong with %s', async (_what, words, named) => {
  const program = createProgram();
  for (const command of program.commands)
    command.exitOverride().configureOutput({ outputError: () => undefined });
  const failure = await program
    .parseAsync(['ingest', '--data', temporaryDirectory(), ...words], { from: 'user' })
    .catch((error: unknown) => messageOf(error));
  for (const word of named) expect(failure).toContain(word);
  expect(failure).not.toMatch(/secret|\n/);
});

it('says that a broker has no shared subscriptions', async () => {
  const aedes = await startBroker();
  expectOneLine(await ingest(['--broker', aedes.url]), aedes.url, 'no shared subscriptions');
  await aedes.close();
});

it('ends when the broker says that another client came with its name', async () => {
  const other = await scriptedBroker(({ cmd }, { send }) => {
    if (cmd !== 'subscribe') return undefined;
    send({ cmd: 'disconnect', reasonCode: 0x8e });
    return 'handled';
  });
  // A process, because it must end.
  expectOneLine(
    await runAperto(['ingest', '--data', temporaryDirectory(), ...quiet, '--broker', other.url]),
    'another client has connected as "aperto-ingest-1"',
    '--worker-id',
  );
});

/** As mosquitto_passwd writes it: PBKDF2 with SHA-512. */
const passwordLine = (user: string, password: string): string => {
  const salt = randomBytes(12);
  const hash = pbkdf2Sync(password, salt, 101, 64, 'sha512');
  return `${user}:$7$101$${salt.toString('base64')}$${hash.toString('base64')}\n`;
};

const startLocked = async () => {
  const directory = temporaryDirectory();
  const authority = await createAuthority('authority of a test');
  const alternatives = [{ type: 'ip', value: '127.0.0.1' }] as const;
  const { cert, key } = await authority.issue({ commonName: 'broker', alternatives });
  const write = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const files = { ca: write('ca.pem', authority.cert), password: write('password', 'a long enough one\n') };
  const port = await freePort();
  const locked = await startMosquitto({
    config: [
      `password_file ${write('users', passwordLine('aperto', 'a long enough one'))}`,
      `listener ${port} 127.0.0.1`,
      `certfile ${write('cert.pem', cert)}`,
      `keyfile ${write('key.pem', key)}`,
    ],
  });
  onTestFinished(() => locked.stop());
  return { files, plain: locked.url, secure: `mqtts://127.0.0.1:${port}` };
};

it('shows user, password and certificate, and says in one line which is wrong', async () => {
  const { files, plain, secure } = await startLocked();
  const environment = { APERTO_BROKER_USERNAME: 'aperto', APERTO_BROKER_PASSWORD_FILE: files.password };
  const wrong = { APERTO_BROKER_USERNAME: 'aperto', APERTO_BROKER_PASSWORD: 'not this one, sir' };
  expectOneLine(
    await ingest(['--broker', plain], wrong),
    plain,
    'refused to connect',
    'APERTO_BROKER_PASSWORD',
  );
  expectOneLine(await ingest(['--broker', secure], environment), 'APERTO_BROKER_CA_FILE');
  const trusted = { ...environment, APERTO_BROKER_CA_FILE: files.ca };
  expectOneLine(await ingest(['--broker', plain], trusted), 'mqtts:');
  const running = await startIngest({ broker: secure, data: temporaryDirectory(), environment: trusted });
  expect(await running.stop()).toBe(0);
});

it('stores what came, asks a Sparkplug node for its birth, and goes on after a stop where it was', async () => {
  const data = temporaryDirectory();
  const client = await mqtt.connectAsync(broker.url);
  onTestFinished(() => client.endAsync());
  const publish = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, index) =>
        client.publishAsync(seat, `{"t":${1_782_201_600_000 + from + index},"occupied":true}`, { qos: 1 }),
      ),
    );
  const nodeData = loadVectors()
    .flatMap(({ vectors }) => vectors)
    .find(({ topic, rejected }) => topic.includes('/NDATA/') && rejected === 'unknown_alias');
  const options = {
    broker: broker.url,
    data,
    parameters: [...quiet, '--topic', 'aperto/1/via-rossini/+/+', 'spBv1.0/#'],
  };
  const first = await startIngest(options);
  const commands: string[] = [];
  client.on('message', (topic, payload) =>
    commands.push(`${topic} ${payload.includes('Node Control/Rebirth')}`),
  );
  await client.subscribeAsync('spBv1.0/+/NCMD/#');
  await publish(0, 100);
  await client.publishAsync(nodeData?.topic ?? '', Buffer.from(bytesOf(nodeData ?? {})), { qos: 1 });
  await vi.waitFor(() => expect(commands).toEqual([`${nodeData?.topic.replace('NDATA', 'NCMD')} true`]));
  await vi.waitFor(async () =>
    expect((await first.ledgers())[0]).toMatchObject({ received: 102, stored: 100 }),
  );
  // The filter of the births takes our own command too.
  expect((await first.ledgers())[0]).toMatchObject({
    quarantined: { unknown_alias: 1 },
    refused: { no_figure: 1 },
  });
  expect(await first.metric('1', 'aperto_broker_connected')).toBe(1);
  expect(await first.metric('1', 'aperto_broker_received_messages')).toBe(102);
  expect(await first.stop()).toBe(0);
  await publish(100, 200);
  const second = await startIngest(options);
  await vi.waitFor(async () =>
    expect((await second.ledgers())[0]).toMatchObject({ received: 202, stored: 200 }),
  );
  const [books] = await second.ledgers();
  expect(books === undefined ? undefined : imbalance(books)).toBe(0);
  // What came before the stop was acknowledged in it: nothing is sent again.
  expect(books).toMatchObject({ duplicate: 0 });
  expect(await second.metric('1', 'aperto_broker_redelivered_messages')).toBe(0);
  expectOneLine(await runCommand(['ingest', '--broker', broker.url, '--data', data, ...quiet]), data);
  expect(await second.stop()).toBe(0);
});

it('does not forget a worker that is not started any more, and retires it when told to', async () => {
  const data = temporaryDirectory();
  const own = ['--topic', 'aperto/1/via-rossini/weather/+'];
  const last = await startIngest({
    broker: broker.url,
    data,
    parameters: [...quiet, ...own, '--worker-id', '3'],
  });
  expect(await last.stop()).toBe(0);
  const client = await mqtt.connectAsync(broker.url);
  onTestFinished(() => client.endAsync());
  await client.publishAsync('aperto/1/via-rossini/weather/W1', '{"temperature_c":21}', { qos: 1 });
  const words = ['ingest', '--broker', broker.url, '--data', data, ...quiet];
  expectOneLine(await runCommand(words), 'worker 3', '--retire --worker-id 3');
  const retired = await runCommand([...words, ...own, '--retire', '--worker-id', '3']);
  expect(retired).toMatchObject({ code: 0 });
  expect(JSON.parse(retired.stdout)).toEqual({
    event: 'retired',
    broker: broker.url,
    worker: '3',
    messages: 1,
  });
  const next = await startIngest({ broker: broker.url, data, parameters: [...quiet, ...own] });
  expect(await next.stop()).toBe(0);
});

it('ends its workers with it, also when it is killed', async () => {
  const running = await startIngest({
    broker: broker.url,
    data: temporaryDirectory(),
    parameters: ['--workers', '2', '--store', 'influx', '--native-only', ...quiet],
    environment: { INFLUX_URL: 'http://127.0.0.1:1' },
  });
  const pids = [...running.workers.values()].map(({ pid }) => pid);
  expect(pids.length).toBe(2);
  await running.kill();
  const isThere = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
      throw error;
    }
  };
  await vi.waitFor(() => expect(pids.filter(isThere)).toEqual([]), { timeout: 20_000 });
});
