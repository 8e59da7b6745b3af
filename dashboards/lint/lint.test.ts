import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { board } from '../../test/support/boards.ts';
import { lintDashboards, rules } from './lint.ts';
import { findingText } from './rule.ts';

const of = (text: string): string[] => lintDashboards(new Map([['it/people.json', text]])).map(findingText);

test('every file of rules is in use, and has its test', async () => {
  const files = await readdir(new URL('rules', import.meta.url));
  const tests = files.filter((file) => file.endsWith('.test.ts')).map((file) => file.replace('.test', ''));
  expect(files.filter((file) => !file.endsWith('.test.ts'))).toEqual(tests);
  expect(tests).toHaveLength(17);
  expect(new Set(rules.map(({ name }) => name)).size).toBe(18);
});

test.each([
  ['no JSON', 'the file: Invalid input: expected object, received string'],
  ['{"uid": "a b"}', 'uid: a uid has at most 40 letters, digits, "-" and "_"'],
  [
    JSON.stringify(board([], { schemaVersion: 12 }).dashboard),
    'schemaVersion: Too small: expected number to be >=36',
  ],
])('%s is no board', (text, message) => {
  expect(of(text)).toEqual([`it/people.json::shape ${message}`]);
});

test('a panel without a place on the grid is no panel', () => {
  const { dashboard } = board();
  const panels = dashboard.panels.map((panel) => ({ ...panel, gridPos: undefined }));
  expect(of(JSON.stringify({ ...dashboard, panels }))[0]).toMatch(/^it\/people\.json::shape panels\.0/);
});
