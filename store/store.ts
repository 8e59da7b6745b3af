import type { MeasurementName, StoredName } from '../model/measurements.ts';
import type { Point, Tags } from '../model/point.ts';

export const aggregations = ['last', 'mean', 'min', 'max', 'sum', 'count'] as const;
export type Aggregation = (typeof aggregations)[number];

/** Which points: all of a measurement on a site within [from, to), narrowed by tags. Epoch milliseconds. */
export interface Selection<M extends StoredName = MeasurementName> {
  readonly measurement: M;
  readonly field: string;
  readonly from: number;
  readonly to: number;
  /** Tag = value; every named tag must match. */
  readonly tags: Tags;
}

export interface RangeQuery<M extends StoredName = MeasurementName> extends Selection<M> {
  /** Rows over all series in one page; at least 1. */
  readonly limit: number;
}

export interface AggregateQuery<M extends StoredName = MeasurementName> extends Selection<M> {
  readonly aggregation: Aggregation;
  /** Window length; windows start at multiples of it since 1970 (UTC). */
  readonly everyMs: number;
  /** One result series for each combination of these tags; all of the measurement's tags where absent. */
  readonly by?: readonly string[];
  readonly limit: number;
}

/** One series of an answer: its tags, and [epoch ms, value] in order of time. */
export interface Series {
  readonly tags: Tags;
  readonly points: readonly (readonly [number, number])[];
}

export interface SeriesPage {
  /** In order of their tags, so that both engines answer alike. */
  readonly series: readonly Series[];
  /** Where the next page begins (its `from`); absent on the last one. A page never splits an instant. */
  readonly next?: number;
}

/** What became of one batch. Points are settled one by one: rejected ones never come back. */
export interface WriteResult {
  /** How many of the batch the store now holds. */
  readonly stored: number;
  /** Points that the store will never take, by their index in the batch. */
  readonly rejected: readonly { readonly index: number; readonly reason: string }[];
}

/**
 * Where points live. Two real engines stand behind it and pass one contract suite.
 * Every method rejects with ApertoError: `store_unavailable` (with `retry` and perhaps `retryAfterMs`) when the
 * same call may succeed later, `store_rejected` when it never will, `usage` for a query that is wrong in itself.
 * `M` names what it holds: the measurements of the devices, or the rollups.
 */
export interface Store<M extends StoredName = MeasurementName> {
  readonly name: string;
  /**
   * Writes a batch durably. Idempotent: a point whose identity (measurement + tags + time) is there already is
   * merged field by field, the later word wins. Repeats within a batch are allowed.
   */
  write(points: readonly Point<M>[]): Promise<WriteResult>;
  /** Raw values in order of time. */
  range(query: RangeQuery<M>): Promise<SeriesPage>;
  /** One value a window and series, at the window's start; empty windows are absent. */
  aggregate(query: AggregateQuery<M>): Promise<SeriesPage>;
  /** The newest point of each series of a measurement on a site, no older than `since`. */
  latest(measurement: M, site: string, since: number): Promise<readonly Point<M>[]>;
  /** Resolves when the store can be written to. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
