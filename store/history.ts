import type { MeasurementName, StoredName } from '../model/measurements.ts';
import type { Tags } from '../model/point.ts';
import type { RollupName } from '../model/rollup/rollups.ts';
import type { Store } from './store.ts';

/** A series as columns, in order of time: what work on millions of points is done with. */
export interface SeriesColumns {
  readonly tags: Tags;
  /** Epoch milliseconds, strictly ascending. */
  readonly times: Float64Array;
  /** NaN where a point has no such field; a field that was not asked for is not there. */
  readonly fields: Readonly<Record<string, Float64Array>>;
}

export interface ScanQuery<M extends StoredName = MeasurementName> {
  readonly measurement: M;
  readonly fields: readonly string[];
  /** [from, to), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Tag = value; every named tag must match. */
  readonly tags: Tags;
}

/** What replaces all that is held of a measurement under some tags within a span. */
export interface Replacement<M extends StoredName = MeasurementName> {
  readonly measurement: M;
  /** Tag = value: of a whole site, or of one device. */
  readonly tags: Tags;
  /** [from, to), epoch milliseconds; every time of the series lies in it. */
  readonly from: number;
  readonly to: number;
  readonly series: readonly SeriesColumns[];
}

/**
 * A store as those see it who work on its past: whole stretches at once, and an end to them. Both engines have it;
 * its methods reject as those of `Store` do.
 */
export interface History<M extends StoredName = MeasurementName> extends Store<M> {
  /** All points that match, whatever fields they have, series in order of their tags. The caller bounds the span: all of it is in memory. */
  scan(query: ScanQuery<M>): Promise<readonly SeriesColumns[]>;
  /** Puts columns in the place of what is held within each span; all of it or nothing in DuckDB. */
  replace(replacements: readonly Replacement<M>[]): Promise<void>;
  /** Deletes what a site holds of a measurement from before an instant, and gives the room back in time. */
  expire(measurement: M, site: string, before: number): Promise<void>;
}

/** What devices said, and what was worked out from it. */
export interface Histories {
  readonly raw: History;
  readonly rollup: History<RollupName>;
}
