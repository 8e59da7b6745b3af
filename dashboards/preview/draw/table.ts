import { stepColor } from '../color.ts';
import { formatValue } from '../format.ts';
import type { InfluxSeries } from '../influx.ts';
import { type Look, lookOf } from '../panel.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';

type Value = number | string | null;

/** A row for each value of the tag; the columns of several answers beside each other, as Grafana merges them. */
export const drawTable = ({ panel, answers, language, timeZone }: Drawing): string => {
  const names = [...new Set(answers.flatMap((series) => series.flatMap(columnsOf)))];
  const columns = names
    .map((name) => ({ name, look: lookOf(panel, name) }))
    .filter(({ look }) => !look.hidden);
  const [sort] = panel.options.sortBy ?? [];
  const by = columns.find(({ look }) => look.name === sort?.displayName)?.name ?? '';
  const rows = rowsOf(answers).sort((a, b) => compare(a.get(by), b.get(by)) * (sort?.desc === true ? -1 : 1));
  const head = columns.map(({ look }) => `<th>${escapeText(look.name)}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${columns.map(({ name, look }) => cell(row.get(name) ?? null, name, look, { language, timeZone })).join('')}</tr>`,
  );
  return `<div class="table"><table><tr>${head}</tr>${body.join('')}</table></div>`;
};

const columnsOf = ({ tags, columns }: InfluxSeries): string[] => [
  'Time',
  ...Object.keys(tags),
  ...columns.slice(1),
];

const rowsOf = (answers: Drawing['answers']): Map<string, Value>[] => {
  const rows = new Map<string, Map<string, Value>>();
  for (const { tags, columns, values } of answers.flat()) {
    for (const [time = null, ...figures] of values) {
      const key = Object.values(tags).join(' ');
      const row = rows.get(key) ?? new Map<string, Value>([['Time', time], ...Object.entries(tags)]);
      rows.set(key, row);
      for (const [index, figure] of figures.entries()) row.set(columns[index + 1] ?? '', figure);
    }
  }
  return [...rows.values()];
};

const compare = (a: Value = null, b: Value = null): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });

const cell = (
  value: Value,
  name: string,
  look: Look,
  { language, timeZone }: Pick<Drawing, 'language' | 'timeZone'>,
): string => {
  if (value === null) return '<td></td>';
  if (typeof value === 'string') {
    return `<td>${escapeText(look.mappings[0]?.options[value]?.text ?? value)}</td>`;
  }
  const text =
    name === 'Time'
      ? new Date(value).toLocaleString(language, { timeZone, dateStyle: 'short', timeStyle: 'medium' })
      : formatValue(value, look.unit, { decimals: look.decimals, language });
  const color = stepColor(value, look.steps);
  const style =
    look.cell === 'color-background'
      ? `background:${color};color:#fff`
      : look.cell === undefined
        ? ''
        : `color:${color}`;
  return `<td style="${style}">${escapeText(text)}</td>`;
};
