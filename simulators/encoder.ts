import type { Sample } from './sample.ts';

export interface Encoded {
  readonly topic: string;
  readonly payload: string;
}

/**
 * Puts a sample into a vendor's words: as many messages as that vendor's device would publish, or none. Encoders
 * are pure and know nothing of the simulation.
 */
export type Encoder = (site: string, sample: Sample) => readonly Encoded[];
