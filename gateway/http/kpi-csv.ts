import type { KpiAnswer } from '../../kpi/query/reader.ts';
import { type Cell, toCsv } from './csv.ts';
import { formatInstant } from './instant.ts';

/** Columns: the keys of the rows, time, value, unit, valid_minutes, coverage, reason; an absent cell is empty. */
export const kpiCsv = ({ unit, rows }: KpiAnswer): string => {
  const keys = [...new Set(rows.flatMap(({ by }) => Object.keys(by)))];
  return toCsv(
    [...keys, 'time', 'value', 'unit', 'valid_minutes', 'coverage', 'reason'],
    rows.map((row): Cell[] => [
      ...keys.map((key) => row.by[key] ?? ''),
      row.time === undefined ? '' : formatInstant(row.time),
      row.value ?? '',
      row.unit ?? unit,
      row.validMinutes,
      row.coverage,
      row.reason ?? '',
    ]),
  );
};
