import { type LintedBoard, type LintedDashboard, panelsOf } from '../dashboard.ts';
import { type Finding, nameOf, type Rule } from '../rule.ts';

const name = 'id';

/** Links and bookmarks point at a panel by its number: it must be its own and stay. */
export const id: Rule = {
  name,
  check: ({ boards, committed }) =>
    boards.flatMap((board) => [
      ...repeated(board),
      ...moved(
        board,
        committed.find(({ file }) => file === board.file),
      ),
    ]),
};

const repeated = ({ file, dashboard }: LintedBoard): Finding[] => {
  const seen = new Map<number, string>();
  return entriesOf(dashboard).flatMap((entry) => {
    const other = seen.get(entry.id);
    seen.set(entry.id, nameOf(entry));
    const finding = { board: file, panel: nameOf(entry), rule: name };
    if (entry.id < 1)
      return [{ ...finding, message: `has the id ${entry.id}; derive it from a key (panels/id.ts)` }];
    if (other === undefined) return [];
    return [{ ...finding, message: `has the id ${entry.id} of "${other}"; give it another key` }];
  });
};

/** Under the same title a panel keeps the number that it had. */
const moved = (board: LintedBoard, before: LintedBoard | undefined): Finding[] => {
  if (before === undefined) return [];
  const known = new Map(panelsOf(before.dashboard).map((panel) => [panel.title, panel.id]));
  return panelsOf(board.dashboard).flatMap((panel) => {
    const was = known.get(panel.title);
    if (was === undefined || was === panel.id) return [];
    const message = `had the id ${was} and has ${panel.id} now; keep its key, links point at it`;
    return [{ board: board.file, panel: nameOf(panel), rule: name, message }];
  });
};

const entriesOf = (dashboard: LintedDashboard) => [
  ...panelsOf(dashboard),
  ...dashboard.panels.filter(({ type }) => type === 'row'),
];
