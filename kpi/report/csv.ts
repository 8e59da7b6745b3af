import type { MonthReport } from './month.ts';

const special = /[",\r\n]/;
const cell = (value: string | number | undefined): string => {
  const text = value === undefined ? '' : String(value);
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line a figure [RFC 4180]; texts are ids of our own, so none can be a formula. */
export const reportCsv = ({ sections }: MonthReport): string => {
  const header = [
    'section',
    'kpi',
    'keys',
    'value',
    'unit',
    'month_before',
    'valid_minutes',
    'coverage',
    'reason',
  ];
  const lines = sections.flatMap(({ id, rows }) =>
    rows.map(({ kpi, by, value, unit, before, validMinutes, coverage, reason }) => [
      id,
      kpi,
      Object.entries(by)
        .map(([key, name]) => `${key}=${name}`)
        .join(' '),
      value,
      unit,
      before,
      validMinutes,
      coverage,
      reason,
    ]),
  );
  return [header, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
};
