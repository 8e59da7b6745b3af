import { expect, test } from 'vitest';
import { type File, find, tests } from './files.ts';

const skipped = /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b/g;
const others = /\bx(?:test|it|describe)\(|\b(?:context|ctx|task)\.skip\(|\b(?:skip|only|todo): true/g;

const violations = (file: File): string[] => [...find(file, skipped), ...find(file, others)];

const sample = (call: string): File => ({ path: 'a.test.ts', text: `${call}('a', () => {});\n` });

test('no test is skipped, singled out or left to be written', () => {
  expect(tests.filter(({ path }) => path !== 'test/rules/skipped.test.ts').flatMap(violations)).toEqual([]);
});

test.each(['test.skip', 'describe.only', 'it.todo', 'test.concurrent.skip', 'test.skipIf(true)', 'xit'])(
  'the rule finds %s',
  (call) => {
    expect(violations(sample(call))).toHaveLength(1);
  },
);

test.each(['test', 'test.each([1])', 'describe', 'rows.skip'])('the rule lets %s pass', (call) => {
  expect(violations(sample(call))).toEqual([]);
});
