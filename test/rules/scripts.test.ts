import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type File, files, find, pages } from './files.ts';

/** npm's own verbs that run a script of the same name. */
const command = /\bnpm (?:run (?:--silent )?([\w:-]+)|(test|start)\b)/g;

const namesOf = ({ text }: File): string[] =>
  [...text.matchAll(command)].map(([, named, verb]) => named ?? verb ?? '');

const violations = (file: File, scripts: readonly string[]): string[] =>
  namesOf(file)
    .filter((name) => !scripts.includes(name))
    .map((name) => `${file.path}: npm run ${name}`);

const others = files.filter(({ path }) => ['Dockerfile', '.ci/run', 'package.json'].includes(path));
const scripts = Object.keys(manifest.scripts);

test('every script that a page, the image or CI names is in package.json', () => {
  const readers = [...pages, ...others];
  expect(readers.flatMap((file) => find(file, command)).length).toBeGreaterThan(5);
  expect(readers.flatMap((file) => violations(file, scripts))).toEqual([]);
});

test('the rule finds a script that is not there', () => {
  const page = { path: 'README.md', text: '`npm ci && npm test`, then `npm run deploy`' };
  expect(violations(page, ['test'])).toEqual(['README.md: npm run deploy']);
});
