import type { HookSource } from './hooks/source.ts';
import type { Sample, SimulatedDevice } from './sample.ts';

export interface Encoded {
  /** Of a post the hook: `hooks/{source}`, or `hooks/{source}/{event}`. */
  readonly topic: string;
  readonly payload: string | Uint8Array;
}

/**
 * A vendor's words for what devices measure. It knows the samples and nothing of the simulation behind them, so a
 * further vendor is a further dialect.
 */
export interface Dialect {
  /** What a device says at each connect before its first sample: a birth, a description, that it is there. */
  hello?(site: string, first: Sample): readonly Encoded[];
  /** As many messages as that vendor's device would publish of a sample, or none. */
  encode(site: string, sample: Sample): readonly Encoded[];
  /** What the broker says in the device's name when its connection breaks; `undefined` where the vendor has none. */
  will(site: string, device: SimulatedDevice): Encoded | undefined;
  /** Topic of what others may ask the device to do, and the one thing it does then: it says hello again. */
  greetOn?(site: string, device: SimulatedDevice): string | undefined;
  /** The source whose webhook carries all that the device says; `undefined` where it is a client of the broker. */
  hook?(site: string, device: SimulatedDevice): HookSource | undefined;
}
