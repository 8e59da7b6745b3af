import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bookOf, tokenCredential, userCredential } from '../../test/support/credentials.ts';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { CredentialBook } from './book.ts';
import { readCredentials, writeCredentials } from './file.ts';
import { parseHash } from './scrypt.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('what is written is read again, for its owner alone, and holds no secret', async () => {
  const path = join(temporaryDirectory(), 'credentials.json');
  const all = [
    await userCredential('S07', 'a secret of S07 alone'),
    tokenCredential('board', 'a token', 'read'),
  ];
  writeCredentials(path, all);
  expect(readCredentials(path)).toEqual(all);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).not.toMatch(/a secret of S07 alone|a token/);
  expect(readdirSync(dirname(path))).toEqual(['credentials.json']);
});

test('a file that others may read is told of, and read', async () => {
  const { path, book } = bookOf(await userCredential('S07', 'a secret of S07 alone'));
  book.close();
  chmodSync(path, 0o644);
  const lines: string[] = [];
  const log = { ...quiet, warn: (_fields: object, line: string) => lines.push(line) };
  new CredentialBook({ path, log }).close();
  expect(lines).toEqual([`credentials file ${path}: others may read it; chmod 600 keeps them out`]);
});

test('none is none, unless somebody named it', () => {
  const path = join(temporaryDirectory(), 'credentials.json');
  expect(readCredentials(path)).toBeUndefined();
  expect(() => new CredentialBook({ path, named: true, log: quiet })).toThrow(`${path}: not there`);
});

const user = {
  kind: 'password',
  name: 'S07',
  role: 'device',
  created: '2026-06-23T08:00:00.000Z',
  publish: ['a'],
  subscribe: [],
  hash: `$scrypt$ln=10,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
};
const { hash: _, ...withoutHash } = user;

test.each([
  ['no JSON', 'x', 'not JSON'],
  ['another version', { version: 2, credentials: [] }, 'version'],
  ['a name twice', [user, user], '"S07" is there twice'],
  ['a name that no certificate could have', [{ ...user, name: 'a b' }], 'a name has letters'],
  ['a wrong filter', [{ ...user, publish: ['a/#/b'] }], 'not a topic filter'],
  ['neither a hash nor an end', [withoutHash], 'either "hash" or "revoked"'],
  ['a secret in clear', [{ ...user, hash: 'secret' }], 'not a scrypt hash'],
  ['a dashboard that publishes', [{ ...user, role: 'dashboard' }], 'a dashboard publishes nothing'],
  ['a key that nobody knows', [{ ...user, password: 'x' }], 'password'],
])('a file with %s is refused in one line', (_name, content, message) => {
  const path = join(temporaryDirectory(), 'credentials.json');
  const file = Array.isArray(content) ? { version: 1, credentials: content } : content;
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  expect(() => readCredentials(path)).toThrow(
    expect.objectContaining({ code: 'config', message: expect.stringContaining(message) }),
  );
  expect(() => readCredentials(path)).not.toThrow(/\n/);
});

test.each(['ln=18,r=8,p=1', 'ln=10,r=17,p=1', 'ln=10,r=8,p=17', 'ln=0,r=8,p=1', 'ln=10,r=0,p=1'])(
  'a hash that would cost more than a check may is none: %s',
  (cost) => {
    expect(parseHash(user.hash.replace('ln=10,r=8,p=1', cost))).toBeUndefined();
    expect(parseHash(user.hash)).toMatchObject({ logN: 10, r: 8, p: 1 });
  },
);
