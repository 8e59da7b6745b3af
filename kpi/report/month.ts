import type { Site } from '../../model/site.ts';
import type { ByKeys, Reason, Window } from '../figure.ts';
import type { KpiId } from '../kpis.ts';
import { LocalTime } from '../local-time.ts';
import type { KpiAnswer, KpiRow } from '../query/reader.ts';
import type { Every } from '../query/windows.ts';
import { type Asked, contents, type SectionId } from './contents.ts';
import type { FigureSource } from './figure-source.ts';

/** A figure of the month beside that of the month before. */
export interface ReportRow {
  readonly kpi: KpiId;
  readonly by: ByKeys;
  readonly unit: string;
  readonly value?: number;
  readonly before?: number;
  readonly validMinutes: number;
  readonly coverage: number;
  readonly reason?: Reason;
}

export interface ReportSection {
  readonly id: SectionId;
  readonly rows: readonly ReportRow[];
}

/** Rows by local day, for charts. */
export interface Daily {
  readonly kpi: KpiId;
  readonly rows: readonly { readonly date: string; readonly by: ByKeys; readonly value?: number }[];
}

export interface MonthReport {
  readonly site: string;
  readonly name: string;
  readonly city: string;
  /** `2026-06` */
  readonly month: string;
  readonly from: number;
  readonly to: number;
  readonly monthBefore: string;
  readonly sections: readonly ReportSection[];
  readonly daily: readonly Daily[];
  readonly assumptions?: Site['savings'];
  readonly tariff: Site['tariff'];
}

const limit = 10_000;
const dailyKpis: readonly KpiId[] = ['time_occupancy', 'energy_by_band'];

/** All figures of a month, and of the one before it. */
export const readMonth = async (source: FigureSource, site: Site, month: string): Promise<MonthReport> => {
  const local = new LocalTime(site.timezone);
  const window = local.month(month);
  const before = local.month(local.at(window.from - 1).day.date.slice(0, 7));
  const sections: ReportSection[] = [];
  for (const { id, asks } of contents) {
    const rows: ReportRow[] = [];
    for (const asked of asks) rows.push(...(await readBoth(source, site, asked, window, before)));
    sections.push({ id, rows });
  }
  const daily: Daily[] = [];
  for (const kpi of dailyKpis) {
    const { rows } = await read(source, site, { kpi }, window, 'P1D');
    daily.push({
      kpi,
      rows: rows.map(({ by, time = window.from, value }) => ({
        date: local.at(time).day.date,
        by,
        ...(value === undefined ? {} : { value }),
      })),
    });
  }
  return {
    site: site.id,
    name: site.name,
    city: site.city,
    month,
    ...window,
    monthBefore: local.at(before.from).day.date.slice(0, 7),
    sections,
    daily,
    ...(site.savings === undefined ? {} : { assumptions: site.savings }),
    tariff: site.tariff,
  };
};

const read = (
  source: FigureSource,
  site: Site,
  { kpi, by = [] }: Asked,
  { from, to }: Window,
  every?: Every,
): Promise<KpiAnswer> =>
  source.figures(site, {
    kpi,
    by,
    from,
    to,
    limit,
    scope: 'read',
    ...(every === undefined ? {} : { every }),
  });

const readBoth = async (
  source: FigureSource,
  site: Site,
  asked: Asked,
  window: Window,
  before: Window,
): Promise<readonly ReportRow[]> => {
  const now = await read(source, site, asked, window);
  const then = await read(source, site, asked, before);
  const earlier = new Map(then.rows.map((row) => [JSON.stringify(row.by), row.value]));
  return now.rows.map((row) => toRow(now, row, earlier.get(JSON.stringify(row.by))));
};

const toRow = (
  answer: KpiAnswer,
  { by, value, unit, validMinutes, coverage, reason }: KpiRow,
  before: number | undefined,
): ReportRow => ({
  kpi: answer.kpi,
  by,
  unit: unit ?? answer.unit,
  ...(value === undefined ? {} : { value }),
  ...(before === undefined ? {} : { before }),
  validMinutes,
  coverage,
  ...(reason === undefined ? {} : { reason }),
});
