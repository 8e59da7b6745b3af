import type { Site } from '../../model/site.ts';
import { assumptionsHtml } from './assumptions.ts';
import { contents, type Language } from './contents.ts';
import { escapeHtml } from './escape.ts';
import { chartsOf } from './figures.ts';
import { cellText, changeText, keysText, percent, titleOf, valueText } from './format.ts';
import type { MonthReport, ReportRow, ReportSection } from './month.ts';
import { style } from './style.ts';
import { phrases, wordOf } from './words.ts';

/** The report as one page that needs nothing else: charts are in it, and it prints on A4. */
export const reportHtml = (report: MonthReport, site: Site, language: Language): string => {
  const zones = new Map(site.zones.map(({ id, name }) => [id, name[language]]));
  const title = `${phrases.title[language]} · ${report.name} · ${monthName(report.month, language)}`;
  const body = report.sections.map((section) => sectionHtml(report, section, zones, language)).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><header><h1>${escapeHtml(report.name)}</h1>
<p>${escapeHtml(`${phrases.title[language]}, ${monthName(report.month, language)} · ${report.city}`)}</p>
<p class="note">${escapeHtml(phrases.coverage[language])}</p></header>
<main>
${body}
</main></body></html>
`;
};

const monthName = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );

const sectionHtml = (
  report: MonthReport,
  { id, rows }: ReportSection,
  zones: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const heading = contents.find((one) => one.id === id)?.title[language] ?? id;
  const charts = chartsOf(report, id, language).map(
    ({ title, svg }) =>
      `<figure role="img" aria-label="${escapeHtml(title)}"><figcaption>${escapeHtml(title)}</figcaption>${svg}</figure>`,
  );
  const shown = rows.filter(isShown);
  const after =
    id === 'savings'
      ? assumptionsHtml(report.assumptions, language)
      : id === 'energy'
        ? tariffHtml(report, language)
        : '';
  return `<section id="${id}"><h2>${escapeHtml(heading)}</h2>${charts.join('')}${tableHtml(shown, zones, language)}${after}</section>`;
};

/**
 * Hours and weekdays are in the chart; a cause that cost nobody anything is left out, and what the devices of a zone do
 * not measure.
 */
const isShown = ({ by, value, reason }: ReportRow): boolean =>
  !(
    ['hour', 'weekday', 'cell'].includes(by.statistic ?? '') ||
    (by.cause !== undefined && by.cause !== 'good' && (value ?? 0) === 0) ||
    (by.zone !== undefined && reason === 'not_measured')
  );

const tableHtml = (
  rows: readonly ReportRow[],
  zones: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const head = [phrases.figure, phrases.value, phrases.before, phrases.change, phrases.known]
    .map((phrase) => `<th scope="col">${escapeHtml(phrase[language])}</th>`)
    .join('');
  let kpi = '';
  const lines = rows.map((row) => {
    const group = row.kpi === kpi ? '' : groupHtml(row, language);
    kpi = row.kpi;
    const name = keysText(row.by, zones, language) || wordOf('total', language);
    const before = row.before === undefined ? '' : valueText(row, row.before, language);
    const cells = [
      cellText(row, language),
      before,
      changeText(row, language),
      percent(row.coverage, language),
    ];
    const known = row.value === undefined ? ' class="unknown"' : '';
    return `${group}<tr${known}><th scope="row">${escapeHtml(name)}</th>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
};

const groupHtml = (row: ReportRow, language: Language): string =>
  `<tr class="group"><th scope="rowgroup" colspan="5">${escapeHtml(titleOf(row, language))}</th></tr>`;

const tariffHtml = ({ tariff, month }: MonthReport, language: Language): string => {
  const price = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 5 });
  const lines = tariff
    .filter(({ from }) => from.slice(0, 7) <= month)
    .slice(-1)
    .map(({ from, import_per_kwh: { f1, f2, f3 }, export_per_kwh, fixed_per_month }) =>
      [from, ...[f1, f2, f3, export_per_kwh, fixed_per_month].map((value) => price.format(value))]
        .map((text) => `<td>${escapeHtml(text)}</td>`)
        .join(''),
    );
  const head = [
    phrases.since[language],
    'F1 €/kWh',
    'F2 €/kWh',
    'F3 €/kWh',
    phrases.givenBack[language],
    phrases.fixedPart[language],
  ];
  return `<h3>${escapeHtml(phrases.tariffs[language])}</h3><table class="wide"><thead><tr>${head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('')}</tr></thead><tbody>${lines.map((line) => `<tr>${line}</tr>`).join('')}</tbody></table>`;
};
