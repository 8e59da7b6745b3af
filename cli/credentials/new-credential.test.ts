import { describe, expect, test } from 'vitest';
import { viaRossini as site } from '../../test/support/via-rossini.ts';
import { generateCredentials } from './device-credentials.ts';
import { makeCredential, type Wanted } from './new-credential.ts';
import { describeCredential, issuedCsv, issuedJson } from './print.ts';

const created = '2026-06-23T08:00:00.000Z';
const make = (wanted: Partial<Wanted>) => makeCredential({ kind: 'password', site, ...wanted }, created);

describe('a credential by its words', () => {
  test('of a device bears its site and name, and has its topics', async () => {
    const { credential, secret } = await make({ device: 'S07' });
    expect(credential).toMatchObject({
      kind: 'password',
      name: 'via-rossini-S07',
      role: 'device',
      publish: ['aperto/1/via-rossini/seat/S07', 'aperto/1/via-rossini/status/S07'],
      hash: expect.stringMatching(/^\$scrypt\$ln=10,r=8,p=1\$/),
    });
    expect(secret).toMatch(/^[\w-]{43}$/);
  });

  test('that a person chose is hashed at the price of guesses', async () => {
    const { credential } = await make({ name: 'anna', role: 'admin', chosen: 'correct horse battery' });
    expect(credential).toMatchObject({
      hash: expect.stringMatching(/^\$scrypt\$ln=14,r=8,p=5\$/),
      publish: ['#'],
      subscribe: ['#', '$SYS/#'],
    });
  });

  test('of a certificate has no secret', async () => {
    const made = await make({ kind: 'certificate', name: 'sensor-7.example.org', device: 'S07' });
    expect(made).not.toHaveProperty('secret');
    expect(made.credential).not.toHaveProperty('hash');
  });

  test('of a token has a name also where nobody gave it one', async () => {
    const { credential } = await make({ kind: 'token', scope: 'read' });
    expect(credential).toMatchObject({
      kind: 'token',
      scope: 'read',
      name: expect.stringMatching(/^read-[0-9a-f]{8}$/),
    });
  });

  test.each<[string, Partial<Wanted>, string]>([
    ['a token without a scope', { kind: 'token' }, '--scope read or --scope operate'],
    ['a token with a role', { kind: 'token', scope: 'read', role: 'admin' }, 'for MQTT users'],
    ['a token that somebody chose', { kind: 'token', scope: 'read', chosen: 'x'.repeat(20) }, 'never chosen'],
    ['a user with a scope', { name: 'a', role: 'admin', scope: 'read' }, '--scope is for tokens'],
    ['a user without a role', { name: 'a' }, 'give --role'],
    ['a user without a name', { role: 'admin' }, 'give it a name'],
    ['a name with a space', { name: 'a b', role: 'admin' }, '"a b"'],
    ['a device that is not there', { device: 'S99' }, 'site via-rossini has no such device'],
    ['a device without topics', { name: 'a', role: 'device' }, '--device, or the topics'],
    ['a gateway without topics', { name: 'a', role: 'gateway' }, '--publish'],
    ['a dashboard that publishes', { name: 'a', role: 'dashboard', publish: ['a'] }, 'publishes nothing'],
    ['a wrong filter', { name: 'a', role: 'gateway', publish: ['a/#/b'] }, 'not a topic filter'],
    ['a short secret', { name: 'a', role: 'admin', chosen: 'elevenchars' }, 'at least 12 characters'],
    [
      'a certificate with a secret',
      { kind: 'certificate', device: 'S07', chosen: 'x'.repeat(20) },
      'no secret',
    ],
  ])('%s is refused in one line', async (_what, wanted, message) => {
    await expect(make(wanted)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });
});

test('each device of a site gets one, and those that have one keep it', async () => {
  const first = await generateCredentials(site, [], created);
  expect(first.credentials).toHaveLength(site.devices.size);
  expect(new Set(first.issued.map(({ secret }) => secret)).size).toBe(site.devices.size);
  const [kept, gone, ...rest] = first.credentials;
  if (kept === undefined || gone === undefined) throw new Error('a site without devices');
  const second = await generateCredentials(site, [kept, { ...gone, revoked: created }, ...rest], created);
  expect(second.credentials.map(({ name }) => name)).toEqual([gone.name]);
  expect(second.skipped).toBe(site.devices.size - 1);

  const lines = issuedCsv(first.issued).split('\n');
  expect(lines[0]).toBe('name,secret,site,device,kind,zone');
  expect(lines[1]).toBe(`via-rossini-S01,${first.issued[0]?.secret},via-rossini,S01,seat,teatro`);
  expect(JSON.parse(issuedJson(first.issued).split('\n')[0] ?? '')).toEqual(first.issued[0]);
  expect(JSON.stringify(first.credentials.map(describeCredential))).not.toMatch(/scrypt|hash/);
});
