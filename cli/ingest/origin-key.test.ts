import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { readOriginKey } from './origin-key.ts';

test('the key is made once, for its owner alone, and is the same at the next start', () => {
  const directory = temporaryDirectory();
  const key = readOriginKey(directory);
  expect(key).toHaveLength(32);
  expect(statSync(join(directory, 'origin.key')).mode & 0o777).toBe(0o600);
  expect(readOriginKey(directory)).toEqual(key);
  expect(readOriginKey(temporaryDirectory())).not.toEqual(key);
});

test('a key that is cut off is made anew', () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'origin.key'), 'short');
  const key = readOriginKey(directory);
  expect(key).toHaveLength(32);
  expect(new Uint8Array(readFileSync(join(directory, 'origin.key')))).toEqual(new Uint8Array(key));
});

test('a directory that cannot be written is told in one line', () => {
  expect(() => readOriginKey('/proc/none')).toThrow(/^\/proc\/none\/origin\.key: ENOENT/);
});
