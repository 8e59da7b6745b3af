import { expect, test } from 'vitest';
import { type File, find, tests } from './files.ts';

const sleep = /\b(?:setTimeout|delay|sleep)\(|\btimers\/promises\b|\bAtomics\.wait\(/g;

const violations = (file: File): string[] => find(file, sleep);

const sample = (line: string): File => ({
  path: 'a.test.ts',
  text: `test('a', async () => {\n  ${line}\n});`,
});

test('no test sleeps: it waits for a condition', () => {
  expect(tests.filter(({ path }) => path !== 'test/rules/sleeps.test.ts').flatMap(violations)).toEqual([]);
});

test.each([
  'await new Promise((resolve) => setTimeout(resolve, 100));',
  'await delay(100);',
  'await sleep(1);',
  "const { setTimeout: wait } = await import('node:timers/promises');",
])('the rule finds %s', (line) => {
  expect(violations(sample(line))).toHaveLength(1);
});

test.each([
  'await vi.waitFor(() => expect(rows).toHaveLength(3));',
  'expect(delayMs).toBeLessThan(50);',
  'const signal = AbortSignal.timeout(5_000);',
])('the rule lets %s pass', (line) => {
  expect(violations(sample(line))).toEqual([]);
});
