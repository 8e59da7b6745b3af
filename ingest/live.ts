import type { MeasurementName } from '../model/measurements.ts';
import type { Fields, Tags } from '../model/point.ts';
import type { PlacedKind } from '../model/topic.ts';

/** What is known now of one series of one device. Late data never changes it. */
export interface LiveEntry {
  readonly site: string;
  readonly device: string;
  readonly kind: PlacedKind;
  readonly zone: string;
  readonly measurement: MeasurementName;
  /** The measurement's own tags: phase, band, target. */
  readonly tags: Tags;
  /** Latest value of each field; a field that was never reported is absent. */
  readonly fields: Fields;
  /** Epoch milliseconds of the newest point; absent when the device never reported. */
  readonly time?: number;
  /** When we last heard of it, by our clock; absent when never. */
  readonly heardAt?: number;
}

/** Read side of the live state. */
export interface Live {
  /** Every device of the site, at least one entry each, in the order of the site file; primary series first. */
  snapshot(site: string): readonly LiveEntry[];
  /** Calls back after each change, once the change is durable. Returns how to stop. */
  subscribe(listener: (entry: LiveEntry) => void): () => void;
}
