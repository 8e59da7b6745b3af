import { expect, test } from 'vitest';
import { occupancyNow } from '../panels/occupancy-now.ts';
import { type Row, stack } from './board.ts';
import { placeRows } from './layout.ts';

const row = (key: string, collapsed: boolean, ...bands: Row['bands']): Row => ({
  key,
  title: { it: key, en: key },
  collapsed,
  bands,
});

test('panels stand beside and under each other, rows below the highest of them', () => {
  const [first, second] = placeRows([
    row(
      'first',
      false,
      [stack(5, [occupancyNow, 4], [occupancyNow, 3]), stack(19, [occupancyNow, 6])],
      [stack(24, [occupancyNow, 2])],
    ),
    row('second', false, [stack(12, [occupancyNow, 5])]),
  ]);
  expect(first?.gridPos).toEqual({ x: 0, y: 0, w: 24, h: 1 });
  expect(first?.panels.map(({ gridPos }) => gridPos)).toEqual([
    { x: 0, y: 1, w: 5, h: 4 },
    { x: 0, y: 5, w: 5, h: 3 },
    { x: 5, y: 1, w: 19, h: 6 },
    { x: 0, y: 8, w: 24, h: 2 },
  ]);
  expect(second?.gridPos.y).toBe(10);
  expect(second?.panels.map(({ gridPos }) => gridPos.y)).toEqual([11]);
});

test('a collapsed row takes one line', () => {
  const rows = placeRows([
    row('a', true, [stack(24, [occupancyNow, 9])]),
    row('b', true, [stack(24, [occupancyNow, 9])]),
  ]);
  expect(rows.map(({ gridPos, panels }) => [gridPos.y, panels[0]?.gridPos.y])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});
