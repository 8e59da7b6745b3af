import { isRow } from '../dashboard.ts';
import { boardRule } from '../rule.ts';

const panelsMax = 15;

/** What opens at once stays within what a person takes in; detail waits in collapsed rows. */
export const length = boardRule('length', ({ dashboard }) => {
  const fold = dashboard.panels.findIndex((entry) => isRow(entry) && entry.collapsed);
  const open = dashboard.panels.slice(0, fold < 0 ? undefined : fold).filter((entry) => !isRow(entry));
  return open.length > panelsMax
    ? [`opens with ${open.length} panels; put all but ${panelsMax} into collapsed rows`]
    : [];
});
