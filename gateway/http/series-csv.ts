import { type MeasurementName, tagsOf } from '../../model/measurements.ts';
import type { Series } from '../../store/store.ts';
import { type Cell, toCsv } from './csv.ts';
import { formatInstant } from './instant.ts';

/** Columns time, the measurement's tags, value; all series in one table, in order of time. */
export const seriesCsv = (measurement: MeasurementName, series: readonly Series[]): string => {
  const tags = tagsOf(measurement);
  const rows = series
    .flatMap(({ tags: names, points }) => {
      const cells = tags.map((tag) => names[tag] ?? '');
      return points.map(([time, value]) => ({ time, cells, value }));
    })
    .sort((a, b) => a.time - b.time)
    .map(({ time, cells, value }): Cell[] => [formatInstant(time), ...cells, value]);
  return toCsv(['time', ...tags, 'value'], rows);
};
