import type { ByKeys } from '../figure.ts';
import { kpiOf } from '../kpis.ts';
import type { Language } from './contents.ts';
import type { ReportRow } from './month.ts';
import { reasonWords, weekdays, wordOf } from './words.ts';

/** Units as people read them; a share is told in per cent. */
const unitText: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  persons: { it: 'persone', en: 'people' },
  min: { it: 'min', en: 'min' },
  user_min: { it: 'minuti utente', en: 'user-minutes' },
  '1/d': { it: 'al giorno', en: 'a day' },
  '1': { it: '', en: '' },
};

/** Figures of unit `1` that count, where the others are shares. */
const counts = new Set(['sessions', 'minimum_surplus', 'busiest_hour', 'busiest_weekday', 'link_quality']);

const isShare = ({ kpi, unit, by }: Pick<ReportRow, 'kpi' | 'unit' | 'by'>): boolean =>
  (unit === '1' && !counts.has(kpi) && !counts.has(by.statistic ?? '') && by.statistic !== 'mean') ||
  isMeanShare(kpi, unit);

const isMeanShare = (kpi: string, unit: string): boolean => kpi === 'utilisation' && unit === '1';

type Sign = 'negative' | 'exceptZero';

/** What rounds to zero has no sign. */
export const percent = (value: number, language: Language, signDisplay: Sign = 'negative'): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1, signDisplay }).format(value);

export const number = (value: number, language: Language, signDisplay: Sign = 'negative'): string =>
  new Intl.NumberFormat(language, {
    maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2,
    useGrouping: 'always',
    signDisplay,
  }).format(value);

/** Cents are told, however large a sum is. */
const money = (value: number, language: Language, signDisplay: Sign): string =>
  `${new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    useGrouping: 'always',
    signDisplay,
  }).format(value)}\u00a0€`;

/** Seconds in the largest unit of which there are two or more. */
const duration = (seconds: number, language: Language, sign: Sign): string => {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
  ];
  const [unit, length] = units.find(([, one]) => Math.abs(seconds) >= 2 * one) ?? ['s', 1];
  return `${number(seconds / length, language, sign)}\u00a0${unit}`;
};

/** Figures that name an hour or a weekday: a difference of them says nothing. */
const isName = ({ by }: Pick<ReportRow, 'by'>): boolean =>
  by.statistic === 'busiest_hour' || by.statistic === 'busiest_weekday';

/** A value with its unit. */
export const valueText = (
  row: Pick<ReportRow, 'kpi' | 'unit' | 'by'>,
  value: number,
  language: Language,
  sign: Sign = 'negative',
): string => {
  if (row.by.statistic === 'busiest_hour') return `${value}:00–${value + 1}:00`;
  if (row.by.statistic === 'busiest_weekday') return weekdays[language][value - 1] ?? String(value);
  if (isShare(row)) return percent(value, language, sign);
  if (row.unit === '%') return percent(value / 100, language, sign);
  if (row.unit === 'EUR') return money(value, language, sign);
  if (row.unit === 's') return duration(value, language, sign);
  const unit = unitText[row.unit]?.[language] ?? row.unit;
  return unit === '' ? number(value, language, sign) : `${number(value, language, sign)}\u00a0${unit}`;
};

/** The value, or why there is none. */
export const cellText = (row: ReportRow, language: Language): string =>
  row.value === undefined
    ? reasonWords[row.reason ?? 'no_data'][language]
    : valueText(row, row.value, language);

/** How much more or less than the month before; empty where either is not known. */
export const changeText = (row: ReportRow, language: Language): string => {
  const { value, before } = row;
  if (value === undefined || before === undefined || isName(row)) return '';
  return valueText(row, value - before, language, 'exceptZero');
};

/** `Portico · media`: the values of a row's keys, names of the site as they are. */
export const keysText = (by: ByKeys, zones: ReadonlyMap<string, string>, language: Language): string =>
  Object.entries(by)
    .map(([key, value]) => (key === 'zone' ? (zones.get(value) ?? value) : wordOf(value, language)))
    .join(' · ');

/** The first clause of a figure's description; a point inside of a number ends none. */
export const titleOf = ({ kpi }: Pick<ReportRow, 'kpi'>, language: Language): string =>
  kpiOf(kpi).description[language].split(/[:;]|\.(?!\d)/)[0] ?? kpi;
