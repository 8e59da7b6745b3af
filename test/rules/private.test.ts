import { expect, test } from 'vitest';
import { type File, files, find } from './files.ts';

/** Folders of one person's machine, and where somebody's packages came from. */
const places: readonly RegExp[] = [
  /(?<![\w.~])\/(?:work|root|home|Users)\/[\w.-]*/g,
  /(?<![\w])[A-Z]:\\Users\\/g,
  /\bregistry\.[\w-]+\.[\w.]+|\bfile:\/\/\/|\/-\/[\w.-]+\.tgz/g,
];

const violations = (file: File): string[] => places.flatMap((pattern) => find(file, pattern));

const self = 'test/rules/private.test.ts';

test('no file tells whose machine it was written on', () => {
  expect(files.filter(({ path }) => path !== self).flatMap(violations)).toEqual([]);
});

test.each([
  'see /work/main/README.md',
  "const path = '/home/anna/aperto';",
  'cd /root/',
  '"resolved": "https://registry.example.org/zod/-/zod-4.0.0.tgz"',
  String.raw`C:\Users\anna`,
])('the rule finds %s', (text) => {
  expect(violations({ path: 'a.md', text }).length).toBeGreaterThan(0);
});

test.each(['https://a.example/home/page', 'run in /var/lib/aperto', 'groundwork/home/', '/workers/1'])(
  'the rule lets %s pass',
  (text) => {
    expect(violations({ path: 'a.md', text })).toEqual([]);
  },
);
