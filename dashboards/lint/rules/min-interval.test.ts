import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { minInterval } from './min-interval.ts';

test('a panel with a smallest window passes, and one without queries needs none', () => {
  const text = panel({ type: 'text', targets: [], interval: undefined });
  expect(findings(minInterval, [board([panel(), text])])).toEqual([]);
});

test.each([undefined, '', '2 minutes', '$__interval'])('%j is found', (interval) => {
  expect(findings(minInterval, [board([panel({ interval })])])).toEqual([
    'it/people.json:People:min-interval has no minimum interval; give it one, such as 2m',
  ]);
});
