import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { thresholds } from './thresholds.ts';

const of = (...values: (number | null)[]): string[] => {
  const steps = values.map((value) => ({ color: 'red', value }));
  const fieldConfig = { defaults: { thresholds: { mode: 'absolute', steps } } };
  return findings(thresholds, [board([panel({ fieldConfig })])]);
};

test('one colour, and steps that rise, pass', () => {
  expect(of(null)).toEqual([]);
  expect(of(null, -72, 0, 85)).toEqual([]);
});

const where = 'it/people.json:People:thresholds';

test.each([
  [[], 'has no thresholds; say where to act, or "informative"'],
  [[60, 85], 'has thresholds that do not rise from the lowest: 60, 85'],
  [[null, 85, 60], 'has thresholds that do not rise from the lowest: -Infinity, 85, 60'],
])('%j is found', (values, message) => {
  expect(of(...values)).toEqual([`${where} ${message}`]);
});
