import type { Site } from '../model/site.ts';
import type { Kind } from '../model/topic.ts';
import type { Dialect } from './dialect.ts';
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
  readonly payload: string;
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
  for (const sample of schedule(street, fleetDevices(site, devices), from, to, cadenceS)) {
    yield* messagesOf(site.id, sample, dialect);
  }
}

export const messagesOf = (site: string, sample: Sample, dialect: Dialect): Message[] =>
  dialect.encode(site, sample).map(({ topic, payload }) => ({
    time: sample.time,
    device: sample.device.id,
    kind: sample.state.kind,
    topic,
    payload,
  }));
