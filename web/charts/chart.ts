import { h, s } from '../dom/element.ts';
import { choiceBar } from '../dom/switch.ts';
import { table } from '../dom/table.ts';
import { t } from '../text/text.ts';
import { download, toCsv } from './csv.ts';
import { type Plot, type PlotOptions, plot } from './plot.ts';

export interface ChartOptions extends PlotOptions {
  readonly title: string;
  /** What the table and the file say the values are in. */
  readonly unit: string;
  readonly file: string;
}

export interface Chart {
  readonly element: HTMLElement;
  close(): void;
}

/** A chart with its legend, the same as a table, and as a file. */
export const chart = (options: ChartOptions): Chart => {
  const { title, unit, file, times, series } = options;
  let painted: Plot | undefined;
  const body = h('div', { class: 'ap-chart' });
  const close = (): void => painted?.close();
  const show = (view: 'chart' | 'table'): void => {
    close();
    painted = undefined;
    if (view === 'table') {
      body.replaceChildren(dataTable(options));
      return;
    }
    painted = plot(options);
    const summary = `${title}: ${series.map(({ label }) => label).join(', ')}. ${t.table} / CSV.`;
    body.replaceChildren(h('div', { role: 'img', 'aria-label': summary }, painted.element), legend(options));
  };
  const save = (): void => {
    const head = [t.time, ...series.map(({ label }) => `${label} (${unit})`)];
    const rows = times.map((time, index) => [
      new Date(time).toISOString(),
      ...series.map(({ values }) => values[index]),
    ]);
    download(`${file}.csv`, toCsv([head, ...rows]));
  };
  const known = series.some(({ values }) => values.some((value) => value !== undefined));
  if (!known) {
    return { element: h('p', { class: 'ap-help' }, t.reasons.no_data ?? t.empty), close };
  }
  show('chart');
  const element = h(
    'div',
    {},
    h(
      'div',
      { class: 'ap-row ap-chart-tools' },
      choiceBar(
        `${t.viewAs}: ${title}`,
        [
          ['chart', t.chart],
          ['table', t.table],
        ],
        'chart',
        show,
      ),
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: save }, t.downloadCsv),
    ),
    body,
  );
  return { element, close };
};

const dataTable = ({ title, unit, times, series, format, formatTime }: ChartOptions): HTMLElement =>
  table({
    caption: title,
    hidesCaption: true,
    columns: [
      { label: t.time },
      ...series.map(({ label }) => ({ label: `${label} (${unit})`, isNumber: true })),
    ],
    rows: times.map((time, index) => [
      formatTime(time),
      ...series.map(({ values }) => {
        const value = values[index];
        return value === undefined ? undefined : format(value);
      }),
    ]),
  });

const legend = ({ series, kind }: ChartOptions): HTMLElement =>
  h(
    'ul',
    { class: 'ap-chart-legend' },
    ...series.map(({ label, colour }, index) =>
      h(
        'li',
        {},
        s(
          'svg',
          { viewBox: '0 0 28 12', 'aria-hidden': 'true', class: `ap-colour-${colour}` },
          kind === 'bars'
            ? s('rect', { x: 6, y: 0, width: 16, height: 12, fill: 'currentColor' })
            : s('path', {
                d: 'M0 6h28',
                stroke: 'currentColor',
                'stroke-width': 3,
                'stroke-dasharray': ['', '8 4', '2 4', '12 3 2 3'][index % 4] ?? '',
              }),
        ),
        label,
      ),
    ),
  );
