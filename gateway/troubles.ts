import type { EventEmitter } from 'node:events';
import type { Aedes, Client } from 'aedes';
import type { Clock } from '../model/clock.ts';
import { NotAuthorised } from './deny.ts';
import { askedForTooManyLevels } from './guard.ts';
import { QuietLog } from './quiet-log.ts';

interface Watch {
  readonly refuse: (reason: string, qos: 0 | 1 | 2) => void;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

const tooManyLevels = 'topic has too many levels';

/** What aedes turns away by itself before the hook is asked, by its words. */
const refusals: Readonly<Record<string, string>> = {
  'packet too large': 'packet_too_large',
  '# is not allowed in PUBLISH': 'malformed_topic',
  '+ is not allowed in PUBLISH': 'malformed_topic',
  'empty topic not allowed in PUBLISH': 'malformed_topic',
  [tooManyLevels]: 'too_many_topic_levels',
  'wildcard is not allowed in Response Topic': 'malformed_response_topic',
};

const refusalOf = (client: Client, { message }: Error): string | undefined => {
  if (message === tooManyLevels && askedForTooManyLevels(client)) return undefined;
  return Object.hasOwn(refusals, message) ? refusals[message] : undefined;
};

/** Counts the messages that aedes turns away by itself, and logs why connections end: one line a minute of each kind. */
export const watchTroubles = (aedes: Aedes, { log, refuse, clock }: Watch): void => {
  const quiet = new QuietLog(log, clock);
  const ended = new WeakSet<Client>();
  const trouble = (client: Client, error: Error): void => {
    if (error instanceof NotAuthorised) return;
    const reason = refusalOf(client, error);
    if (reason !== undefined) refuse(reason, 1);
    // The first error says why; what follows is that it is closed.
    if (ended.has(client)) return;
    ended.add(client);
    quiet.warn({ client: client.id }, `MQTT connection closed: ${error.message}`);
  };
  aedes.on('clientError', trouble);
  aedes.on('connectionError', trouble);
  // Its types do not name this event; without a listener it would end the process.
  const emitter: EventEmitter = aedes;
  emitter.on('error', (error: Error) => quiet.warn({}, `MQTT: ${error.message}`));
};
