import { h } from './element.ts';

export type Cell = string | number | Node | undefined;

export interface Column {
  readonly label: string;
  readonly isNumber?: boolean;
}

export interface TableOptions {
  readonly caption: string;
  /** Whether a heading says the same above the table. */
  readonly hidesCaption?: boolean;
  readonly columns: readonly Column[];
  /** The first cell of a row names the row. */
  readonly rows: readonly (readonly Cell[])[];
}

const cellOf = (cell: Cell): Node | string =>
  cell instanceof Node ? cell : cell === undefined ? '–' : String(cell);

/** A table that scrolls by itself where it is wider than the page. */
export const table = ({ caption, hidesCaption = false, columns, rows }: TableOptions): HTMLElement => {
  const heads = columns.map(({ label, isNumber }) =>
    h('th', { scope: 'col', class: isNumber === true ? 'ap-number' : undefined }, label),
  );
  const body = rows.map((row) =>
    h(
      'tr',
      {},
      ...row.map((cell, index) => {
        const attributes = { class: columns[index]?.isNumber === true ? 'ap-number' : undefined };
        return index === 0
          ? h('th', { scope: 'row', ...attributes }, cellOf(cell))
          : h('td', attributes, cellOf(cell));
      }),
    ),
  );
  return h(
    'div',
    { class: 'ap-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'table ap-table' },
      h('caption', { class: hidesCaption ? 'visually-hidden' : undefined }, caption),
      h('thead', {}, h('tr', {}, ...heads)),
      h('tbody', {}, ...body),
    ),
  );
};
