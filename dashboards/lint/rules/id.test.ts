import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { id } from './id.ts';

const row = {
  ...panel({ id: 7, title: 'Now' }),
  type: 'row',
  collapsed: true,
  panels: [panel({ id: 8 })],
} as const;

test('ids of their own pass, rows and their panels too', () => {
  expect(findings(id, [board([panel(), row])])).toEqual([]);
});

test('an id that another panel or row has is found', () => {
  expect(findings(id, [board([panel({ id: 8, title: 'Seats' }), row])])).toEqual([
    'it/people.json:People:id has the id 8 of "Seats"; give it another key',
  ]);
});

test('the 0 that a builder leaves is found', () => {
  expect(findings(id, [board([panel({ id: 0 })])])).toEqual([
    'it/people.json:People:id has the id 0; derive it from a key (panels/id.ts)',
  ]);
});

test('a panel that changed its number is found', () => {
  expect(findings(id, [board()], [board([panel({ id: 42 })])])).toEqual([
    'it/people.json:People:id had the id 42 and has 1001 now; keep its key, links point at it',
  ]);
});
