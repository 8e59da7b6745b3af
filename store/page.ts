import type { StoredName } from '../model/measurements.ts';
import { type Point, seriesKey, type Tags } from '../model/point.ts';
import { clampTime } from './query-check.ts';
import type { Series, SeriesPage } from './store.ts';

/** One row of an answer, before rows become series. */
export interface Row {
  /** Epoch milliseconds: of the point, or the start of its window. */
  readonly time: number;
  readonly value: number;
  readonly tags: Tags;
}

/** Rows within [from, to) in order of time, the first `rowsMax` of them where that is given. */
export type FetchRows = (from: number, to: number, rowsMax?: number) => Promise<readonly Row[]>;

export interface PageRequest {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  /** Length of an instant: 1 for raw values, the window for aggregates. */
  readonly stepMs: number;
  /** Tags that make a series, in the order in which series are sorted. */
  readonly tagNames: readonly string[];
}

/**
 * Reads one page in the same way from any engine: one row more than the limit says whether there is more, and the
 * page ends before the instant of the first row left out. An instant with more rows than the limit comes whole.
 */
export const readPage = async (request: PageRequest, fetch: FetchRows): Promise<SeriesPage> => {
  const { limit, stepMs, tagNames } = request;
  const from = clampTime(request.from);
  const to = clampTime(request.to);
  if (from >= to) return { series: [] };
  const rows = await fetch(from, to, limit + 1);
  const leftOut = rows[limit];
  if (leftOut === undefined) return { series: toSeries(rows, tagNames) };
  const whole = rows.filter((row) => row.time < leftOut.time);
  if (whole.length > 0) return { series: toSeries(whole, tagNames), next: leftOut.time };

  const end = Math.min(leftOut.time + stepMs, to);
  const instant = await fetch(Math.max(from, leftOut.time), end);
  const [after] = end < to ? await fetch(end, to, 1) : [];
  const series = toSeries(instant, tagNames);
  return after === undefined ? { series } : { series, next: after.time };
};

/** Groups rows, which are in order of time, into series, which come in order of their tags. */
const toSeries = (rows: readonly Row[], tagNames: readonly string[]): Series[] => {
  const byKey = new Map<string, { tags: Tags; points: [number, number][] }>();
  for (const { time, value, tags } of rows) {
    const key = tagNames.map((name) => tags[name] ?? '').join('\u0000');
    const series = byKey.get(key);
    if (series === undefined) byKey.set(key, { tags, points: [[time, value]] });
    else series.points.push([time, value]);
  }
  return [...byKey].sort(([a], [b]) => compareKeys(a, b)).map(([, series]) => series);
};

/** In order of UTF-16 code units, whatever the locale. */
const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One point a series, in the order in which series come. */
export const sortBySeries = <M extends StoredName>(points: readonly Point<M>[]): Point<M>[] =>
  points
    .map((point) => ({ point, key: seriesKey(point.measurement, point.tags) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ point }) => point);

/** Tags in the order of `names`. An empty tag is an absent tag in both engines and is left out. */
export const pickTags = (
  names: readonly string[],
  cellOf: (name: string, index: number) => unknown,
): Tags => {
  const tags: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = cellOf(name, index);
    if (typeof value === 'string' && value !== '') tags[name] = value;
  }
  return tags;
};
