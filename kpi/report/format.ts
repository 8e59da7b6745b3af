import type { ByKeys } from '../figure.ts';
import { kpiOf } from '../kpis.ts';
import type { Language } from './contents.ts';
import type { ReportRow } from './month.ts';
import { reasonWords, wordOf } from './words.ts';

/** Units as people read them; a share is told in per cent. */
const unitText: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  persons: { it: 'persone', en: 'people' },
  min: { it: 'min', en: 'min' },
  user_min: { it: 'minuti utente', en: 'user-minutes' },
  '1/d': { it: 'al giorno', en: 'a day' },
  EUR: { it: '€', en: '€' },
  '1': { it: '', en: '' },
};

/** Figures of unit `1` that count, where the others are shares. */
const counts = new Set(['sessions', 'minimum_surplus', 'busiest_hour', 'busiest_weekday', 'link_quality']);

const isShare = ({ kpi, unit, by }: Pick<ReportRow, 'kpi' | 'unit' | 'by'>): boolean =>
  (unit === '1' && !counts.has(kpi) && !counts.has(by.statistic ?? '') && by.statistic !== 'mean') ||
  isMeanShare(kpi, unit);

const isMeanShare = (kpi: string, unit: string): boolean => kpi === 'utilisation' && unit === '1';

export const percent = (value: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value);

export const number = (value: number, language: Language): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2 }).format(value);

/** A value with its unit. */
export const valueText = (
  row: Pick<ReportRow, 'kpi' | 'unit' | 'by'>,
  value: number,
  language: Language,
): string => {
  if (isShare(row)) return percent(value, language);
  const unit = unitText[row.unit]?.[language] ?? row.unit;
  return unit === '' ? number(value, language) : `${number(value, language)}\u00a0${unit}`;
};

/** The value, or why there is none. */
export const cellText = (row: ReportRow, language: Language): string =>
  row.value === undefined
    ? reasonWords[row.reason ?? 'no_data'][language]
    : valueText(row, row.value, language);

/** How much more or less than the month before; empty where either is not known. */
export const changeText = (row: ReportRow, language: Language): string => {
  const { value, before } = row;
  if (value === undefined || before === undefined) return '';
  const text = valueText(row, value - before, language);
  return value > before ? `+${text}` : text;
};

/** `Portico · media`: the values of a row's keys, names of the site as they are. */
export const keysText = (by: ByKeys, zones: ReadonlyMap<string, string>, language: Language): string =>
  Object.entries(by)
    .map(([key, value]) => (key === 'zone' ? (zones.get(value) ?? value) : wordOf(value, language)))
    .join(' · ');

export const titleOf = ({ kpi }: Pick<ReportRow, 'kpi'>, language: Language): string =>
  kpiOf(kpi).description[language].split(/[:;.]/)[0] ?? kpi;
