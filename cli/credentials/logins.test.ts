import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { loadLogins } from './logins.ts';
import { issuedCsv, issuedJson } from './print.ts';

const issued = ['S07', 'S08'].map((device) => ({
  name: `via-rossini-${device}`,
  secret: `the-secret-of-${device}`,
  site: 'via-rossini',
  device,
  kind: 'seat',
  zone: 'teatro',
}));
const fileOf = (text: string): string => {
  const path = join(temporaryDirectory(), 'logins');
  writeFileSync(path, text);
  return path;
};

test.each([
  ['CSV', issuedCsv(issued)],
  ['CSV of another system', issuedCsv(issued).replaceAll('\n', '\r\n')],
  ['JSON', issuedJson(issued)],
])('what was printed as %s is read again', (_format, text) => {
  expect([...loadLogins(fileOf(text))]).toEqual(
    issued.map(({ device, name, secret }) => [device, { username: name, password: secret }]),
  );
});

test.each(['', 'name,secret,device\n', 'a,b\n1,2\n', '{"name":"a"}\n', '{broken\n'])(
  '%j is refused',
  (text) => {
    const path = fileOf(text);
    expect(() => loadLogins(path)).toThrow(`--logins ${path}: not what "aperto credentials generate" prints`);
  },
);
