import type { Clock } from '../../model/clock.ts';
import type { Accept } from '../message.ts';
import { type BrokerAccess, defaultTimings, type Timings } from './access.ts';
import type { ConnectionOptions } from './client.ts';
import type { Take } from './connection.ts';

export interface SubscriberOptions {
  readonly broker: BrokerAccess;
  /** The same over restarts, and of no other client of the broker: its session bears it. */
  readonly clientId: string;
  /** Without two that have topics in common. */
  readonly filters: readonly string[];
  /** Also reads what the broker retains: for one worker of a broker. */
  readonly readsRetained: boolean;
  /** Where the names of the filters are kept. */
  readonly directory: string;
  readonly receiveMaximum: number;
  readonly accept: Accept;
  readonly clock: Clock;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  readonly timings?: Partial<Timings>;
}

/** Messages of this run. */
export interface SubscriberCounts {
  received: number;
  /** Of them, those that the broker says it had sent before (DUP). */
  redelivered: number;
  /** Of them, values that the broker had kept: they are no news. */
  retained: number;
  connects: number;
  /** Commands that were not sent because there was no connection. */
  unsent: number;
}

export const noCounts = (): SubscriberCounts => ({
  received: 0,
  redelivered: 0,
  retained: 0,
  connects: 0,
  unsent: 0,
});

const group = 'aperto';
export const shared = (filter: string): string => `$share/${group}/${filter}`;

export const connectionOptions = ({
  broker,
  clientId,
  receiveMaximum,
  timings,
}: SubscriberOptions): ConnectionOptions => ({
  ...broker,
  clientId,
  receiveMaximum,
  keepsSession: true,
  timings: { ...defaultTimings, ...timings },
});

/** Counts a message and hands it over, with what the broker said about it. */
export const takeInto =
  ({ accept, clock, clientId }: SubscriberOptions, counts: SubscriberCounts): Take =>
  async ({ topic, payload, qos, messageId, dup, retain }) => {
    counts.received++;
    if (dup) counts.redelivered++;
    if (retain) counts.retained++;
    await accept({
      topic,
      payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
      qos,
      receivedAt: clock.now(),
      origin: clientId,
      ...(messageId === undefined ? {} : { messageId }),
      resent: dup,
      retained: retain,
    });
  };
