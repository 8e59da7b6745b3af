import type { Site } from '../model/site.ts';
import type { Kind } from '../model/topic.ts';
import type { Dialect, Encoded } from './dialect.ts';
import { fleetDevices } from './fleet-devices.ts';
import { native } from './native.ts';
import type { Sample } from './sample.ts';
import { type Cadence, schedule } from './schedule.ts';
import { Street } from './street.ts';

/** What one device publishes at one instant. */
export interface Message {
  /** Simulated time, epoch milliseconds. */
  readonly time: number;
  readonly device: string;
  readonly kind: Kind;
  readonly topic: string;
  /** Bytes where the format is binary. */
  readonly payload: string | Uint8Array;
}

export interface MessageOptions {
  readonly site: Site;
  /** The span, [from, to), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly seed?: number;
  /** How many devices; those of the site by default. */
  readonly devices?: number;
  readonly cadenceS?: Cadence;
  readonly dialect?: Dialect;
}

/** All messages of a span, in order of time. Same site, seed and span: same bytes. */
export function* messages(options: MessageOptions): Generator<Message> {
  const { site, from, to, seed = 1, devices, cadenceS, dialect = native } = options;
  const street = new Street(site, seed);
  const greeter = new Greeter(dialect);
  for (const sample of schedule(street, fleetDevices(site, devices), from, to, cadenceS)) {
    yield* greeter.messagesOf(site.id, sample);
  }
}

export const messagesOf = (site: string, sample: Sample, dialect: Dialect): Message[] =>
  toMessages(sample, dialect.encode(site, sample));

export const helloOf = (site: string, first: Sample, dialect: Dialect): Message[] =>
  toMessages(first, dialect.hello?.(site, first) ?? []);

const toMessages = ({ time, device, state }: Sample, encoded: readonly Encoded[]): Message[] =>
  encoded.map(({ topic, payload }) => ({ time, device: device.id, kind: state.kind, topic, payload }));

/** Messages of a span, where each device says hello before its first sample. */
export class Greeter {
  private readonly dialect: Dialect;
  private readonly greeted = new Set<string>();

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  messagesOf(site: string, sample: Sample): Message[] {
    // A birth carries all that the device measures, which its status does not.
    const isFirst = sample.state.kind === sample.device.kind && !this.greeted.has(sample.device.id);
    if (isFirst) this.greeted.add(sample.device.id);
    const hello = isFirst ? helloOf(site, sample, this.dialect) : [];
    return [...hello, ...messagesOf(site, sample, this.dialect)];
  }
}
