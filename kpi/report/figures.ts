import { barChart, columnChart, heatmap } from './charts.ts';
import type { Language, SectionId } from './contents.ts';
import { number, percent, titleOf } from './format.ts';
import type { MonthReport } from './month.ts';
import { phrases, weekdays } from './words.ts';

/** A chart with the words that say the same. */
export interface Chart {
  readonly title: string;
  readonly svg: string;
}

/** The charts of a section, in their order; none where there is nothing to draw. */
export const chartsOf = (report: MonthReport, section: SectionId, language: Language): readonly Chart[] => {
  switch (section) {
    case 'usage':
      return [occupancyByDay(report, language), ...occupancyByHour(report, language)];
    case 'wifi':
      return [wifiLevels(report, language)];
    case 'energy':
      return [energyByDay(report, language)];
    case 'savings':
    case 'quality':
      return [];
  }
};

const dailyOf = ({ daily }: MonthReport, kpi: string) => daily.find((one) => one.kpi === kpi)?.rows ?? [];
const dayOf = (date: string): string => String(Number(date.slice(-2)));

const occupancyByDay = (report: MonthReport, language: Language): Chart => {
  const rows = dailyOf(report, 'time_occupancy');
  const title = phrases.occupancyByDay[language];
  const series = [{ name: title, values: rows.map(({ value }) => value) }];
  const format = (value: number): string => percent(value, language);
  return { title, svg: columnChart({ categories: rows.map(({ date }) => dayOf(date)), series, format }) };
};

const occupancyByHour = ({ sections }: MonthReport, language: Language): readonly Chart[] => {
  const cells = sections
    .flatMap(({ rows }) => rows)
    .filter(({ kpi, by }) => kpi === 'busiest' && by.statistic === 'cell')
    .flatMap(({ by, value }) =>
      value === undefined ? [] : [[Number(by.hour), Number(by.weekday) - 1, value] as const],
    );
  if (cells.length === 0) return [];
  const columns = Array.from({ length: 24 }, (_, hour) => String(hour));
  const format = (value: number): string => percent(value, language);
  const svg = heatmap({ columns, rows: weekdays[language], cells, format });
  return [{ title: phrases.occupancyByHour[language], svg }];
};

const energyByDay = (report: MonthReport, language: Language): Chart => {
  const rows = dailyOf(report, 'energy_by_band');
  const dates = [...new Set(rows.map(({ date }) => date))];
  const series = ['f1', 'f2', 'f3'].map((band) => ({
    name: band.toUpperCase(),
    values: dates.map((date) => rows.find((row) => row.date === date && row.by.tariff_band === band)?.value),
  }));
  const format = (value: number): string => number(value, language);
  const svg = columnChart({ categories: dates.map(dayOf), series, format });
  return { title: phrases.energyByDay[language], svg };
};

const wifiLevels = ({ sections }: MonthReport, language: Language): Chart => {
  const rows = sections
    .flatMap((section) => section.rows)
    .filter(({ kpi, by }) => kpi.startsWith('wifi_') && by.cause === 'good');
  const title = phrases.wifiLevels[language];
  const svg = barChart({
    categories: rows.map(({ kpi }) => levelNames[kpi]?.[language] ?? titleOf({ kpi }, language)),
    series: [{ name: title, values: rows.map(({ value }) => value) }],
    format: (value) => percent(value, language),
    max: 1,
  });
  return { title, svg };
};

const levelNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  wifi_coverage: { it: 'Copertura', en: 'Coverage' },
  wifi_capacity: { it: 'Capacità', en: 'Capacity' },
  wifi_throughput: { it: 'Velocità', en: 'Throughput' },
  wifi_time_to_connect: { it: 'Tempo di connessione', en: 'Time to connect' },
  wifi_successful_connects: { it: 'Connessioni riuscite', en: 'Successful connects' },
  wifi_roaming: { it: 'Passaggi fra punti di accesso', en: 'Roaming' },
  wifi_ap_health: { it: 'Salute dei punti di accesso', en: 'Access point health' },
};
