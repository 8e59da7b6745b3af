import { isRow, type LintedBoard, type LintedPanel, type LintedRow } from '../dashboard.ts';
import { type Finding, nameOf, type Rule } from '../rule.ts';

const name = 'overlap';
const columns = 24;

/** Panels lie beside each other within the grid. Those of a collapsed row open onto a place of their own. */
export const overlap: Rule = {
  name,
  check: ({ boards }) => boards.flatMap((board) => groupsOf(board).flatMap((group) => inGroup(board, group))),
};

type Entry = LintedRow | LintedPanel;

const groupsOf = ({ dashboard }: LintedBoard): Entry[][] => [
  dashboard.panels,
  ...dashboard.panels.flatMap((entry) => (isRow(entry) ? [entry.panels] : [])),
];

const inGroup = (board: LintedBoard, group: readonly Entry[]): Finding[] =>
  group.flatMap((entry, index) => {
    const finding = { board: board.file, panel: nameOf(entry), rule: name };
    const over = group.slice(0, index).filter((other) => meet(entry.gridPos, other.gridPos));
    const { x, w } = entry.gridPos;
    return [
      ...(x + w > columns ? [{ ...finding, message: `ends at column ${x + w} of ${columns}` }] : []),
      ...over.map((other) => ({ ...finding, message: `lies on "${nameOf(other)}"` })),
    ];
  });

const meet = (a: Entry['gridPos'], b: Entry['gridPos']): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
