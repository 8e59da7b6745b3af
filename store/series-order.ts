import type { StoredName } from '../model/measurements.ts';
import { seriesKey } from '../model/point.ts';
import type { SeriesColumns } from './history.ts';

/** Series in the order of their tags, so that both engines answer alike. */
export const inTagOrder = (measurement: StoredName, series: readonly SeriesColumns[]): SeriesColumns[] =>
  series
    .map((columns) => ({ columns, key: seriesKey(measurement, columns.tags) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ columns }) => columns);
