import type { StoredName } from '../model/measurements.ts';
import { mergePoints, type Point, seriesKey } from '../model/point.ts';
import { rejectionOf } from './point-check.ts';
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

/** Sets aside what no store can hold and merges repeats of one identity, the later word winning. */
export const toBatch = (points: readonly Point<StoredName>[]): Batch => {
  const entries = new Map<string, { point: Point<StoredName>; series: string; indexes: number[] }>();
  const rejected: { index: number; reason: string }[] = [];
  for (const [index, point] of points.entries()) {
    const reason = rejectionOf(point);
    if (reason !== undefined) {
      rejected.push({ index, reason });
      continue;
    }
    const series = seriesKey(point.measurement, point.tags);
    const identity = `${series}\u0000${point.time}`;
    const known = entries.get(identity);
    if (known === undefined) {
      entries.set(identity, { point, series, indexes: [index] });
    } else {
      known.point = mergePoints(known.point, point);
      known.indexes.push(index);
    }
  }
  return { entries: [...entries.values()], rejected };
};

/** The result of a batch of which the engine took all but `rejected`. */
export const resultOf = (points: readonly unknown[], rejected: WriteResult['rejected']): WriteResult => ({
  stored: points.length - rejected.length,
  rejected: rejected.toSorted((a, b) => a.index - b.index),
});
