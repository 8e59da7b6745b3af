import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { legend } from './legend.ts';

test('lines with a legend pass, and a figure needs none', () => {
  expect(findings(legend, [board([panel(), panel({ type: 'stat', options: {} })])])).toEqual([]);
});

test.each([
  {},
  { legend: { showLegend: false, calcs: ['max'] } },
  { legend: { showLegend: true, calcs: [] } },
])('lines with %j are found', (options) => {
  expect(findings(legend, [board([panel({ options })])])).toEqual([
    'it/people.json:People:legend shows no legend with calculations',
  ]);
});
