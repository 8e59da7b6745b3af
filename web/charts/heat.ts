import type { KpiAnswer } from '../api/types.ts';
import { h } from '../dom/element.ts';
import { number } from '../text/format.ts';
import { t } from '../text/text.ts';
import { download, toCsv } from './csv.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const steps = 5;

/** Hour by weekday: a table whose cells are tinted by what they say. */
export const heatTable = ({ rows }: KpiAnswer): HTMLElement => {
  const values = new Map<string, number | undefined>();
  for (const { statistic, weekday, hour, value } of rows)
    if (statistic === 'cell') values.set(`${weekday} ${hour}`, value);
  const at = (day: number, hour: number): number | undefined => values.get(`${day + 1} ${hour}`);
  const shown = hours.filter((hour) => t.weekdaysShort.some((_, day) => (at(day, hour) ?? 0) >= 0.005));
  if (shown.length === 0) return h('p', { class: 'ap-help' }, t.reasons.low_coverage ?? t.empty);
  const first = Math.min(...shown);
  const last = Math.max(...shown);
  const range = hours.slice(first, last + 1);
  const save = (): void =>
    download(
      'busiest.csv',
      toCsv([
        [t.use.hour, ...t.weekdays],
        ...hours.map((hour) => [hour, ...t.weekdays.map((_, day) => at(day, hour))]),
      ]),
    );
  const cell = (day: number, hour: number): HTMLElement => {
    const value = at(day, hour);
    const step = value === undefined ? 'unknown' : Math.min(steps - 1, Math.floor(value * steps));
    return h('td', { class: 'ap-heat', 'data-step': step }, value === undefined ? '–' : number(value * 100));
  };
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'ap-row ap-chart-tools' },
      h('span', { class: 'ap-help' }, `${t.use.share}, %`),
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: save }, t.downloadCsv),
    ),
    h(
      'div',
      { class: 'ap-scroll', tabindex: 0, role: 'region', 'aria-label': t.use.heat },
      h(
        'table',
        { class: 'ap-heat-table' },
        h('caption', { class: 'visually-hidden' }, t.use.heat),
        h(
          'thead',
          {},
          h('tr', {}, h('td', {}), ...range.map((hour) => h('th', { scope: 'col' }, String(hour)))),
        ),
        h(
          'tbody',
          {},
          ...t.weekdays.map((name, day) =>
            h('tr', {}, h('th', { scope: 'row' }, name), ...range.map((hour) => cell(day, hour))),
          ),
        ),
      ),
    ),
  );
};
