import type { Delivery } from '../delivery.ts';
import type { Random } from '../random.ts';
import type { Sample } from '../sample.ts';

/** One fault at work on a stream. It may change what a device measures, and what leaves the device. */
export interface Fault {
  distort?(sample: Sample): Sample;
  /** None, one or several messages in the place of one. */
  deliver?(delivery: Delivery): readonly Delivery[];
  /** What was held back, when the stream ends. */
  flush?(): readonly Delivery[];
}

export interface FaultTools {
  /** How likely a message is to meet the fault, 0 to 1. */
  readonly probability: number;
  /** The device's own stream for this fault; the same object at each call. */
  readonly random: (device: string) => Random;
  /** Called for each message that was changed, added, moved, withheld or cut. */
  readonly count: () => void;
}

/** A fault as the command line names it. */
export interface FaultKind {
  readonly description: string;
  /** Unless the command line says otherwise. */
  readonly probability: number;
  readonly create: (tools: FaultTools) => Fault;
}
