import type { StoredName } from '../model/measurements.ts';
import { mergePoints, type Point, seriesKey, type Tags } from '../model/point.ts';
import { rejectionOfFields, rejectionOfTags, rejectionOfTime } from './point-check.ts';
import type { WriteResult } from './store.ts';

/** A point as it goes to the engine: repeats within the batch are one already. */
export interface BatchEntry {
  readonly point: Point<StoredName>;
  readonly series: string;
  /** Places in the batch that this entry speaks for; at least one. */
  readonly indexes: readonly number[];
}

export interface Batch {
  readonly entries: readonly BatchEntry[];
  readonly rejected: WriteResult['rejected'];
}

/** The points of one series in a batch. */
interface BatchSeries {
  readonly measurement: StoredName;
  readonly key: string;
  readonly tagsReason: string | undefined;
  readonly byTime: Map<number, MutableEntry>;
}

type MutableEntry = { point: Point<StoredName>; readonly series: string; readonly indexes: number[] };

/** Sets aside what no store can hold and merges repeats of one identity, the later word winning. */
export const toBatch = (points: readonly Point<StoredName>[]): Batch => {
  const entries: MutableEntry[] = [];
  const rejected: { index: number; reason: string }[] = [];
  const seriesOf = seriesFinder();
  for (const [index, point] of points.entries()) {
    const series = seriesOf(point);
    const reason = rejectionOfTime(point.time) ?? series.tagsReason ?? rejectionOfFields(point);
    if (reason !== undefined) {
      rejected.push({ index, reason });
      continue;
    }
    const known = series.byTime.get(point.time);
    if (known === undefined) {
      const entry = { point, series: series.key, indexes: [index] };
      series.byTime.set(point.time, entry);
      entries.push(entry);
    } else {
      known.point = mergePoints(known.point, point);
      known.indexes.push(index);
    }
  }
  return { entries, rejected };
};

/** Finds the series of points: those that share their tags, as most do, are looked at once. */
const seriesFinder = (): ((point: Point<StoredName>) => BatchSeries) => {
  const byTags = new Map<Tags, BatchSeries>();
  const byKey = new Map<string, BatchSeries>();
  return (point) => {
    const { measurement, tags } = point;
    const known = byTags.get(tags);
    if (known?.measurement === measurement) return known;
    const key = seriesKey(measurement, tags);
    const tagsReason = rejectionOfTags(point);
    // Tags that no store has are no part of the key.
    const same = tagsReason === undefined ? byKey.get(key) : undefined;
    const series = same ?? { measurement, key, tagsReason, byTime: new Map<number, MutableEntry>() };
    byTags.set(tags, series);
    if (tagsReason === undefined) byKey.set(key, series);
    return series;
  };
};

/** The result of a batch of which the engine took all but `rejected`. */
export const resultOf = (points: readonly unknown[], rejected: WriteResult['rejected']): WriteResult => ({
  stored: points.length - rejected.length,
  rejected: rejected.toSorted((a, b) => a.index - b.index),
});
