import type { SeriesColumns } from '../../store/history.ts';
import type { Report } from '../state.ts';

/** What each series was made into, as long as somebody has its columns. */
const made = new WeakMap<SeriesColumns, readonly Report[]>();

/** A series as what its device reported, in order of time. */
export const reportsOf = (columns: SeriesColumns): readonly Report[] => {
  const known = made.get(columns);
  if (known !== undefined) return known;
  const fields = Object.entries(columns.fields);
  const reports: Report[] = [];
  for (const [row, time] of columns.times.entries()) {
    const values: Record<string, number> = {};
    for (const [name, column] of fields) {
      const value = column[row] ?? Number.NaN;
      if (!Number.isNaN(value)) values[name] = value;
    }
    reports.push({ time, fields: values });
  }
  made.set(columns, reports);
  return reports;
};
