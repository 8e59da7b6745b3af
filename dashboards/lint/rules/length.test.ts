import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { length } from './length.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => panel({ id: index + 1 }));
const row = { ...panel(), type: 'row', collapsed: true, panels: many(20) } as const;

test('fifteen panels, and any number behind a collapsed row, pass', () => {
  expect(findings(length, [board([...many(15), row, ...many(3)])])).toEqual([]);
});

test('a sixteenth is found; an open row hides nothing', () => {
  const open = { ...row, collapsed: false, panels: [] } as const;
  expect(findings(length, [board([...many(8), open, ...many(8), row])])).toEqual([
    'it/people.json::length opens with 16 panels; put all but 15 into collapsed rows',
  ]);
});
