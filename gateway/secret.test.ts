import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../test/support/directory.ts';
import { readSecret, sameSecret } from './secret.ts';

const fileOf = (text: string): string => {
  const path = join(temporaryDirectory(), 'secret');
  writeFileSync(path, text);
  return path;
};
const config = (text: string) =>
  expect.objectContaining({ code: 'config', message: expect.stringContaining(text) });

test('a secret comes from the environment', () => {
  expect(readSecret('A', { A: 'correct horse battery' })).toBe('correct horse battery');
});

test.each(['correct horse battery', 'correct horse battery\n', 'correct horse battery\r\n'])(
  'a secret comes from a file, without the end of its line: %j',
  (text) => {
    expect(readSecret('A', { A_FILE: fileOf(text) })).toBe('correct horse battery');
  },
);

test('a file wins, and only the last end of line is none of it', () => {
  expect(readSecret('A', { A: 'from the environment', A_FILE: fileOf(' from the file \n\n') })).toBe(
    ' from the file \n',
  );
});

test('without either there is none: there is no default', () => {
  expect(readSecret('A', {})).toBeUndefined();
  expect(readSecret('A', { A: '', A_FILE: '' })).toBeUndefined();
});

test('a short one is refused, and not shown', () => {
  expect(() => readSecret('A', { A: 'elevenchars' })).toThrow(config('A: shorter than 12 characters'));
  expect(() => readSecret('A', { A: 'elevenchars' })).not.toThrow(/elevenchars/);
  expect(readSecret('A', { A: 'twelve chars' })).toBe('twelve chars');
});

test.each(['', '\n'])('a file that was named and holds nothing (%j) opens no door', (text) => {
  expect(() => readSecret('A', { A_FILE: fileOf(text) })).toThrow(config('A_FILE: '));
});

test('a file that cannot be read is named', () => {
  const path = join(temporaryDirectory(), 'missing');
  expect(() => readSecret('A', { A_FILE: path })).toThrow(config(path));
});

test('secrets are the same when every byte is', () => {
  expect(sameSecret('correct horse battery', 'correct horse battery')).toBe(true);
  for (const other of ['', 'correct horse batterY', 'correct horse battery ', 'correct']) {
    expect(sameSecret(other, 'correct horse battery')).toBe(false);
  }
});
