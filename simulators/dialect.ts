import type { Sample, SimulatedDevice } from './sample.ts';

export interface Encoded {
  readonly topic: string;
  readonly payload: string;
}

/**
 * A vendor's words for what devices measure. Pure: it knows the samples and nothing of the simulation behind them,
 * so a further vendor is a further dialect.
 */
export interface Dialect {
  /** As many messages as that vendor's device would publish of a sample, or none. */
  encode(site: string, sample: Sample): readonly Encoded[];
  /** What the broker says in the device's name when its connection breaks. */
  will(site: string, device: SimulatedDevice): Encoded;
}
