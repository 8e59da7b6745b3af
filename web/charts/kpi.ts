import type { KpiAnswer, KpiRow } from '../api/types.ts';
import { h } from '../dom/element.ts';
import { percent, quantity } from '../text/format.ts';
import { t } from '../text/text.ts';

type Keys = Readonly<Record<string, string>>;

const matches = (row: KpiRow, keys: Keys): boolean =>
  Object.entries(keys).every(([key, value]) => row[key] === value);

export const rowOf = ({ rows }: KpiAnswer, keys: Keys = {}): KpiRow | undefined =>
  rows.find((row) => matches(row, keys));

export const rowsOf = ({ rows }: KpiAnswer, keys: Keys = {}): readonly KpiRow[] =>
  rows.filter((row) => matches(row, keys));

const reasonText = (row: KpiRow | undefined): string =>
  (row?.reason === undefined ? undefined : t.reasons[row.reason]) ?? t.reasons.no_data ?? t.unknown;

export interface FigureText {
  readonly value: string;
  /** What is known of the time, or why there is no number. */
  readonly note: string;
}

/** A figure in words: its value and what stands behind it. A share is shown as per cent. */
export const figureText = (
  answer: KpiAnswer,
  keys: Keys = {},
  show: (value: number, unit: string) => string = quantity,
): FigureText => {
  const row = rowOf(answer, keys);
  if (row?.value === undefined) return { value: '–', note: reasonText(row) };
  return {
    value: show(row.value, row.unit ?? answer.unit),
    note: row.coverage < 0.995 ? t.coverage(percent(row.coverage)) : '',
  };
};

export const share = (value: number): string => percent(value);

/** The same for a cell of a table: a dash stands where there is a reason, which is told when asked for. */
export const figureCell = (
  answer: KpiAnswer,
  keys: Keys,
  show: (value: number, unit: string) => string = quantity,
): Node | string => {
  const { value, note } = figureText(answer, keys, show);
  if (value !== '–') return value;
  return h(
    'span',
    { title: note },
    h('span', { 'aria-hidden': 'true' }, '–'),
    h('span', { class: 'visually-hidden' }, note),
  );
};

/** Values of a figure over time. */
export const timeline = (
  answer: KpiAnswer,
  keys: Keys = {},
): { readonly times: readonly number[]; readonly values: readonly (number | undefined)[] } => {
  const rows = rowsOf(answer, keys);
  return { times: rows.map(({ time }) => Date.parse(time ?? '')), values: rows.map(({ value }) => value) };
};
