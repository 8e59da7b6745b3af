import { Temporal } from 'temporal-polyfill';
import type { Site } from '../../model/site.ts';
import type { ByKey } from '../kpi.ts';
import { type KpiId, kpiOf } from '../kpis.ts';
import { LocalTime } from '../local-time.ts';
import type { Every } from '../query/windows.ts';
import type { FigureSource } from './figure-source.ts';

/** One figure as open data; absent values stay absent, with their reason. */
export interface ExportRow {
  readonly site: string;
  readonly kpi: string;
  /** ISO 8601 length of the window. */
  readonly window: string;
  /** Start of the window, RFC 3339 in UTC. */
  readonly time: string;
  readonly zone?: string;
  /** What the row tells of a figure that has several: `statistic=mean source=seats`. */
  readonly detail?: string;
  readonly value?: number;
  readonly unit: string;
  readonly valid_minutes: number;
  readonly coverage: number;
  readonly reason?: string;
}

export const exportColumns = [
  'site',
  'kpi',
  'window',
  'time',
  'zone',
  'detail',
  'value',
  'unit',
  'valid_minutes',
  'coverage',
  'reason',
] as const satisfies readonly (keyof ExportRow)[];

interface Published {
  readonly kpi: KpiId;
  readonly by: readonly ByKey[];
  readonly every: Every;
}

/** What a city tells: of groups and hours, never of a seat. */
const published: readonly Published[] = [
  { kpi: 'time_occupancy', by: ['zone'], every: 'PT1H' },
  { kpi: 'people_present', by: [], every: 'PT1H' },
  { kpi: 'utilisation', by: [], every: 'PT1H' },
  { kpi: 'sessions', by: ['zone'], every: 'P1D' },
  { kpi: 'dwell', by: [], every: 'P1D' },
  { kpi: 'minimum_surplus', by: [], every: 'P1D' },
  { kpi: 'wifi_coverage', by: [], every: 'P1D' },
  { kpi: 'wifi_capacity', by: [], every: 'P1D' },
  { kpi: 'wifi_throughput', by: [], every: 'P1D' },
  { kpi: 'probe_latency', by: [], every: 'P1D' },
  { kpi: 'energy', by: [], every: 'PT1H' },
  { kpi: 'energy_by_band', by: [], every: 'P1D' },
  { kpi: 'peak_power', by: [], every: 'P1D' },
];

/** All months from one to another, both inside. */
export const monthsBetween = (from: string, to: string): readonly string[] => {
  const last = Temporal.PlainYearMonth.from(to);
  const months: string[] = [];
  for (
    let month = Temporal.PlainYearMonth.from(from);
    Temporal.PlainYearMonth.compare(month, last) <= 0;
    month = month.add({ months: 1 })
  ) {
    months.push(month.toString());
  }
  return months;
};

export interface ExportListeners {
  onRows(rows: readonly ExportRow[]): void;
  onProgress(progress: {
    readonly done: number;
    readonly all: number;
    readonly month: string;
    readonly kpi: string;
  }): void;
}

/** Reads months, figure by figure, as the public may see them. */
export const readExport = async (
  source: FigureSource,
  site: Site,
  months: readonly string[],
  { onRows, onProgress }: ExportListeners,
): Promise<void> => {
  const local = new LocalTime(site.timezone);
  const all = months.length * published.length;
  let done = 0;
  for (const month of months) {
    for (const { kpi, by, every } of published) {
      onProgress({ done, all, month, kpi });
      onRows(await readRows(source, site, { kpi, by, every }, local.month(month)));
      done++;
    }
  }
  onProgress({ done, all, month: months.at(-1) ?? '', kpi: '' });
};

const readRows = async (
  source: FigureSource,
  site: Site,
  { kpi, by, every }: Published,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly ExportRow[]> => {
  const rows: ExportRow[] = [];
  for (let next: number | undefined = from; next !== undefined; ) {
    const page = await source.figures(site, {
      kpi,
      by,
      every,
      from: next,
      to,
      limit: 10_000,
      scope: 'public',
    });
    for (const { by: keys, time = from, value, unit, validMinutes, coverage, reason } of page.rows) {
      const { zone, ...rest } = keys;
      const detail = Object.entries(rest)
        .map(([key, name]) => `${key}=${name}`)
        .join(' ');
      rows.push({
        site: site.id,
        kpi,
        window: every,
        time: new Date(time).toISOString(),
        ...(zone === undefined ? {} : { zone }),
        ...(detail === '' ? {} : { detail }),
        ...(value === undefined ? {} : { value }),
        unit: unit ?? kpiOf(kpi).unit,
        valid_minutes: validMinutes,
        coverage,
        ...(reason === undefined ? {} : { reason }),
      });
    }
    next = page.next;
  }
  return rows;
};
