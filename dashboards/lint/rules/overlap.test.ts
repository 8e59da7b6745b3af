import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { overlap } from './overlap.ts';

const at = (title: string, x: number, y: number, w: number, h: number) =>
  panel({ title, gridPos: { x, y, w, h } });

test('panels side by side and under each other pass; those in a collapsed row lie apart', () => {
  const row = {
    ...panel({ title: 'Detail', gridPos: { x: 0, y: 8, w: 24, h: 1 } }),
    type: 'row',
    collapsed: true,
    panels: [at('C', 0, 9, 24, 8)],
  } as const;
  const panels = [at('A', 0, 0, 12, 8), at('B', 12, 0, 12, 8), row, at('D', 0, 9, 24, 4)];
  expect(findings(overlap, [board(panels)])).toEqual([]);
});

test('a panel on another and one off the grid are found', () => {
  expect(findings(overlap, [board([at('A', 0, 0, 12, 8), at('B', 11, 7, 14, 2)])])).toEqual([
    'it/people.json:B:overlap ends at column 25 of 24',
    'it/people.json:B:overlap lies on "A"',
  ]);
});
