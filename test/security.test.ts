import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { imbalance } from '../ingest/ledger.ts';
import { simulate } from '../simulators/simulate.ts';
import { findMosquittoClients } from './services/mosquitto.ts';
import { type RunningAperto, runAperto, startAperto, temporaryDirectory } from './support/aperto.ts';
import { type Authority, createAuthority, serverSubject, writeCertified } from './support/certificates.ts';
import { viaRossini } from './support/via-rossini.ts';

let directory: string;
let remove: () => Promise<void>;
let file: string;
let authority: Authority;
let ca: string;
let aperto: RunningAperto;
let pub: string;
const logins = new Map<string, { readonly username: string; readonly password: string }>();

const seat = (id: string): string => `aperto/1/via-rossini/seat/${id}`;
const credentials = async (...words: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await runAperto(['credentials', ...words, '--credentials', file]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
};
const secretOf = (line: string): string => {
  const { secret }: { secret: string } = JSON.parse(line);
  return secret;
};

beforeAll(async () => {
  ({ path: directory, remove } = await temporaryDirectory());
  file = join(directory, 'credentials.json');
  ({ pub } = await findMosquittoClients());
  authority = await createAuthority('authority of this test');
  const server = writeCertified(directory, 'server', await authority.issue(serverSubject));
  ca = join(directory, 'ca.crt');
  await writeFile(ca, authority.cert);
  for (const line of (await credentials('generate')).split('\n').slice(1, -1)) {
    const [username = '', password = '', , device = ''] = line.split(',');
    logins.set(device, { username, password });
  }
  await credentials('revoke', 'via-rossini-S09');
  await credentials('add', 'sensor-9.example.org', '--kind', 'certificate', '--device', 'S09');
  const token = secretOf(await credentials('add', '--kind', 'token', '--scope', 'operate'));
  aperto = await startAperto({
    data: join(directory, 'data'),
    token,
    parameters: [
      ...['--credentials', file, '--mqtts-port', '0', '--https-port', '0', '--host', '0.0.0.0', '--tls-only'],
      ...['--tls-cert', server.cert, '--tls-key', server.key, '--tls-ca', ca],
    ],
  });
});
afterAll(async () => {
  await aperto.stop();
  await remove();
});

/** Publishes one reading with mosquitto_pub; its exit code and what it said. */
const mosquitto = (topic: string, ...words: readonly string[]): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    const message = ['-q', '1', '-t', topic, '-m', '{"occupied":true}', '-i', 'mosquitto'];
    execFile(pub, [...message, ...words], { timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    );
  });

const portOf = (url: string | undefined): string => new URL(url ?? '').port;
const plain = (device: string): string[] => {
  const { username = '', password = '' } = logins.get(device) ?? {};
  return ['-h', '127.0.0.1', '-p', portOf(aperto.mqtt), '-u', username, '-P', password];
};
const secure = (...words: readonly string[]): string[] => [
  ...['-h', 'localhost', '-p', portOf(aperto.mqtts), '--cafile', ca],
  ...words,
];
const refusedOf = async (): Promise<number> => (await aperto.ledger()).refused.not_authorised ?? 0;

it('keeps the file for its owner, without a secret that could be used', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const text = await readFile(file, 'utf8');
  expect(logins.size).toBe(73);
  for (const { password } of logins.values()) expect(text).not.toContain(password);
  expect(aperto.said()).not.toContain(logins.get('S07')?.password);
});

it('takes a device’s own readings by user and password, with and without TLS', async () => {
  expect(await mosquitto(seat('S07'), ...plain('S07'))).toEqual({ code: 0, said: '' });
  const { username = '', password = '' } = logins.get('S08') ?? {};
  expect(await mosquitto(seat('S08'), ...secure('-u', username, '-P', password))).toEqual({
    code: 0,
    said: '',
  });
  expect(await refusedOf()).toBe(0);
});

it('takes none of another device, and says so to those who understand it', async () => {
  const { said } = await mosquitto(seat('S08'), ...plain('S07'), '-V', 'mqttv5');
  expect(said).toContain('Not authorized');
  const unheard = await mosquitto(seat('S08'), ...plain('S07'), '-V', 'mqttv311', '-q', '0');
  expect(unheard.code).toBe(0);
  await vi.waitFor(async () => expect(await refusedOf()).toBe(2));
  expect(aperto.said().match(/publish refused: its credential does not grant this topic/g)).toHaveLength(1);
});

it('knows a device by its certificate', async () => {
  const known = writeCertified(
    directory,
    'S09',
    await authority.issue({ commonName: 'sensor-9.example.org' }),
  );
  const shown = ['--cert', known.cert, '--key', known.key];
  expect(await mosquitto(seat('S09'), ...secure(...shown))).toEqual({ code: 0, said: '' });
  const { said } = await mosquitto(seat('S10'), ...secure(...shown), '-V', 'mqttv5');
  expect(said).toContain('Not authorized');
  const stranger = await (await createAuthority('another')).issue({ commonName: 'sensor-9.example.org' });
  const foreign = writeCertified(directory, 'foreign', stranger);
  const refused = await mosquitto(seat('S09'), ...secure('--cert', foreign.cert, '--key', foreign.key));
  expect(refused.code).not.toBe(0);
});

it('turns away whom it does not know', async () => {
  const at = ['-h', '127.0.0.1', '-p', portOf(aperto.mqtt)];
  for (const words of [at, [...at, '-u', 'via-rossini-S07', '-P', 'wrong'], [...at, '-u', 'x', '-P', 'x']]) {
    const { code, said } = await mosquitto(seat('S07'), ...words);
    expect(said).toMatch(/not authorised/i);
    expect(code).toBe(5);
  }
});

it('takes a rotated and a revoked credential at once, without a restart', async () => {
  const password = secretOf(await credentials('rotate', 'via-rossini-S07'));
  await vi.waitFor(async () => expect((await mosquitto(seat('S07'), ...plain('S07'))).code).toBe(5), 10_000);
  logins.set('S07', { username: 'via-rossini-S07', password });
  expect((await mosquitto(seat('S07'), ...plain('S07'))).code).toBe(0);
  await credentials('revoke', 'via-rossini-S07');
  await vi.waitFor(async () => expect((await mosquitto(seat('S07'), ...plain('S07'))).code).toBe(5), 10_000);
  expect(JSON.parse((await credentials('list')).split('\n')[6] ?? '')).toMatchObject({
    name: 'via-rossini-S07',
    revoked: expect.any(String),
  });
});

it('opens of the API what a token reaches', async () => {
  const reader = secretOf(await credentials('add', 'board', '--kind', 'token', '--scope', 'read'));
  const status = async (path: string, token = reader): Promise<number> =>
    (await fetch(aperto.http + path, { headers: { authorization: `Bearer ${token}` } })).status;
  await vi.waitFor(async () => expect(await status('/api/v1/ledger')).toBe(200), 10_000);
  expect(await status('/api/v1/quarantine')).toBe(403);
  expect(await status('/api/v1/quarantine', 'wrong')).toBe(401);
  expect(await status('/health/live', 'wrong')).toBe(200);
});

it('takes a whole street, each device by a login of its own over TLS', async () => {
  const before = await aperto.ledger();
  const stop = new AbortController();
  logins.delete('S07');
  const street = simulate({
    broker: `mqtts://localhost:${portOf(aperto.mqtts)}`,
    site: viaRossini,
    logins,
    ca: authority.cert,
    speed: 60,
    signal: stop.signal,
  });
  await vi.waitFor(
    async () => expect((await aperto.ledger()).received - before.received).toBeGreaterThan(300),
    30_000,
  );
  stop.abort();
  const { failed } = await street;
  expect(failed).toBe(0);
  const after = await aperto.ledger();
  expect(imbalance(after)).toBe(0);
  expect(after.refused.not_authorised).toBe(before.refused.not_authorised);
  expect(after.quarantined).toEqual({});
});
