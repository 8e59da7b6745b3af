import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { noValue } from './no-value.ts';

test('a panel that says what an absence means passes', () => {
  expect(findings(noValue, [board()])).toEqual([]);
});

test('a panel that would show an empty box is found', () => {
  const silent = panel({ fieldConfig: { defaults: { unit: 'none' } } });
  expect(findings(noValue, [board([silent])])).toEqual([
    'it/people.json:People:no-value has no text for "no value"; say what its absence means',
  ]);
});
