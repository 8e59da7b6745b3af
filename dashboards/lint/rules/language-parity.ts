import { languages } from '../../text.ts';
import { type LintedBoard, type LintedPanel, panelsOf } from '../dashboard.ts';
import { type Finding, nameOf, type Rule } from '../rule.ts';

const name = 'language-parity';
const [first, ...others] = languages;

/** Whoever reads another language sees the same board: same panels, places and queries, other words. */
export const languageParity: Rule = {
  name,
  check: ({ boards }) =>
    boards.flatMap((board) => {
      const [language, slug] = board.file.split('/');
      if (language !== first) {
        const original = boards.some(({ file }) => file === `${first}/${slug}`);
        return original ? [] : [{ board: board.file, rule: name, message: `has no ${first} version` }];
      }
      return others.flatMap((other) => {
        const twin = boards.find(({ file }) => file === `${other}/${slug}`);
        return twin === undefined
          ? [{ board: board.file, rule: name, message: `has no ${other} version` }]
          : differences(board, twin);
      });
    }),
};

const differences = (board: LintedBoard, twin: LintedBoard): Finding[] => {
  const twins = new Map(panelsOf(twin.dashboard).map((panel) => [panel.id, panel]));
  const panels = panelsOf(board.dashboard);
  const ids = new Set(panels.map(({ id }) => id));
  const added = [...twins.values()].filter(({ id }) => !ids.has(id));
  return [
    ...panels.flatMap((panel) => {
      const other = twins.get(panel.id);
      const message = other === undefined ? `is missing in ${twin.file}` : difference(panel, other);
      return message === undefined ? [] : [{ board: board.file, panel: nameOf(panel), rule: name, message }];
    }),
    ...added.map((panel) => ({
      board: twin.file,
      panel: nameOf(panel),
      rule: name,
      message: `is missing in ${board.file}`,
    })),
  ];
};

const difference = (panel: LintedPanel, other: LintedPanel): string | undefined => {
  if (panel.type !== other.type) return `is a ${panel.type} here and a ${other.type} there`;
  if (JSON.stringify(panel.gridPos) !== JSON.stringify(other.gridPos))
    return 'lies elsewhere in the other language';
  if (queriesOf(panel) !== queriesOf(other)) return 'asks something else in the other language';
  if (panel.description === other.description)
    return 'has the same description in both languages; translate it';
  return undefined;
};

const queriesOf = ({ targets }: LintedPanel): string => targets.map(({ query }) => query).join('\n');
