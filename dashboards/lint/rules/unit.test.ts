import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { unit } from './unit.ts';

test('a panel with a unit passes, and a text needs none', () => {
  expect(findings(unit, [board([panel(), panel({ type: 'text', fieldConfig: undefined })])])).toEqual([]);
});

test('a number without a unit is found', () => {
  const bare = panel({ fieldConfig: { defaults: { noValue: 'none' } } });
  expect(findings(unit, [board([bare])])).toEqual([
    'it/people.json:People:unit has no unit; take it from the query (panels/unit.ts)',
  ]);
});
