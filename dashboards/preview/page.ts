import { isRow, type LintedDashboard, type LintedPanel } from '../lint/dashboard.ts';
import { draw } from './draw/draw.ts';
import type { Mark } from './draw/drawing.ts';
import { escapeText } from './draw/escape.ts';
import { framesOf } from './frame.ts';
import { ask, type InfluxAccess } from './influx.ts';
import { drawnPanel } from './panel.ts';
import { type Choices, marksOf, questionsOf, type Span, spanOf } from './question.ts';
import { pageWidth, style } from './style.ts';

export interface PageParts {
  readonly dashboard: LintedDashboard;
  readonly influx: InfluxAccess;
  /** What the reader chose, by variable; those that the board opens with where absent. */
  readonly choices: Choices;
  readonly span: Span;
  readonly language: string;
  readonly timeZone: string;
}

/** Of Grafana's grid, in pixels. */
const line = { height: 30, gap: 8 } as const;
const headHeight = 30;
const padding = 16;
const column = pageWidth / 24;

/** A board as one page of HTML without scripts: what its queries find, drawn roughly as Grafana draws it. */
export const renderPage = async (parts: PageParts): Promise<string> => {
  const { dashboard, language, span, timeZone } = parts;
  const sections: string[] = [];
  const marks = await findMarks(parts);
  for (const { title, panels, collapsed } of rowsOf(dashboard)) {
    sections.push(await renderRow({ title, collapsed }, panels, { ...parts, marks }));
  }
  const at = (time: number): string =>
    new Date(time).toLocaleString(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return html(
    dashboard.title,
    language,
    `<header><h1>${escapeText(dashboard.title)}</h1><p>${at(span.from)} – ${at(span.to)}</p><p><strong>Preview by Aperto, not Grafana</strong></p></header>${sections.join('')}`,
  );
};

export const html = (title: string, language: string, body: string): string =>
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escapeText(title)}</title><style>${style}</style><main>${body}</main></html>`;

interface Row {
  readonly title: string;
  readonly collapsed: boolean;
  readonly panels: LintedPanel[];
}

type Marked = PageParts & { readonly marks: readonly Mark[] };

const findMarks = async ({ dashboard, influx, choices, span }: PageParts): Promise<Mark[]> => {
  const colors = (dashboard.annotations?.list ?? []).map(({ iconColor }) => iconColor);
  const answers = await Promise.all(
    marksOf(dashboard, choices, span).map((question) => ask(influx, question)),
  );
  return answers.flatMap((series, index) =>
    series.flatMap(({ values }) =>
      values.map(([time]) => ({ time: Number(time), color: colors[index] ?? 'blue' })),
    ),
  );
};

/** Open rows stand before their panels, collapsed ones hold them; all of them are shown open. */
const rowsOf = ({ panels }: LintedDashboard): Row[] => {
  const rows: Row[] = [];
  for (const entry of panels) {
    if (isRow(entry))
      rows.push({ title: entry.title ?? '', collapsed: entry.collapsed, panels: [...entry.panels] });
    else rows.at(-1)?.panels.push(entry);
  }
  return rows;
};

const renderRow = async (
  { title, collapsed }: Pick<Row, 'title' | 'collapsed'>,
  panels: readonly LintedPanel[],
  parts: Marked,
): Promise<string> => {
  const top = Math.min(...panels.map(({ gridPos }) => gridPos.y));
  const bottom = Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  const drawn = await Promise.all(panels.map((panel) => renderPanel(panel, top, parts)));
  const height = (bottom - top) * (line.height + line.gap);
  return `<div class="${collapsed ? 'collapsed' : 'open'}"><h2>${escapeText(title)}</h2><section style="height:${height}px">${drawn.join('')}</section></div>`;
};

const renderPanel = async (
  panel: LintedPanel,
  rowTop: number,
  { dashboard, influx, choices, span, language, timeZone, marks }: Marked,
): Promise<string> => {
  const { x, y, w, h } = panel.gridPos;
  const outer = { width: w * column - line.gap, height: h * (line.height + line.gap) - line.gap };
  const shown = drawnPanel(panel);
  const answers = await Promise.all(
    questionsOf(panel, dashboard, choices, span).map((question) => ask(influx, question)),
  );
  const body = draw({
    panel: shown,
    frames: framesOf(shown, answers),
    answers,
    marks: marks.filter(({ time }) => time >= spanOf(panel, span).from),
    span: spanOf(panel, span),
    language,
    timeZone,
    width: outer.width - padding - 2,
    height: outer.height - headHeight - line.gap - 2,
  });
  const recent = shown.timeFrom === undefined ? '' : ` <small>last ${escapeText(shown.timeFrom)}</small>`;
  const place = `left:${(x * column).toFixed(1)}px;top:${(y - rowTop) * (line.height + line.gap)}px;width:${outer.width.toFixed(1)}px;height:${outer.height}px`;
  return `<article style="${place}" title="${escapeText(shown.description)}"><h3>${escapeText(shown.title)}${recent}</h3><div class="body" style="height:${outer.height - headHeight - line.gap - 2}px">${body}</div></article>`;
};
