import type { Tags } from '../../model/point.ts';
import type { SeriesColumns } from '../../store/history.ts';
import type { Report } from '../state.ts';

/** A series as what its device reported, in order of time. */
export interface ReportedSeries {
  readonly tags: Tags;
  readonly reports: readonly Report[];
}

export const toReports = ({ tags, times, fields }: SeriesColumns): ReportedSeries => {
  const columns = Object.entries(fields);
  const reports: Report[] = new Array(times.length);
  for (let row = 0; row < times.length; row++) {
    const values: Record<string, number> = {};
    for (const [name, column] of columns) {
      const value = column[row] ?? Number.NaN;
      if (!Number.isNaN(value)) values[name] = value;
    }
    reports[row] = { time: times[row] ?? 0, fields: values };
  }
  return { tags, reports };
};
