import { setTimeout as wait } from 'node:timers/promises';
import { ApertoError } from '../../model/errors.ts';
import { Connection } from './connection.ts';
import { KeptFilters } from './kept-filters.ts';
import { connectionOptions, noCounts, type SubscriberOptions, shared, takeInto } from './take.ts';

/**
 * Ends a worker for good. Its session has its share of what is published even while it is away, so the subscriptions go
 * first, then all that waits is taken and made durable, then the broker forgets the session.
 * @returns how many messages had waited
 * @throws ApertoError where the broker does not let us, or the connection breaks: to be tried again
 */
export const retire = async (options: SubscriberOptions, signal: AbortSignal): Promise<number> => {
  const kept = new KeptFilters(options.directory);
  const counts = noCounts();
  const connected = connectionOptions(options);
  const connection = await Connection.open(connected, takeInto(options, counts), signal);
  try {
    if (connection.sessionPresent) {
      await connection.unsubscribe([...new Set([...kept.filters, ...options.filters])].map(shared));
      await connection.whileOpen(
        empty(() => [counts.received, connection.inFlight], connected.timings.quietMs, signal),
      );
    }
    const said = await connection.close(signal.aborted ? 'keep' : 'forget');
    if (said === 'forget') kept.keep([]);
    else
      throw new ApertoError(
        'closed',
        `broker ${options.broker.url}: messages still wait there; retire again`,
      );
  } finally {
    await connection.close();
  }
  return counts.received;
};

/** Resolves when nothing came for a while and nothing waits for the disk. */
const empty = async (
  look: () => readonly [number, number],
  quietMs: number,
  signal: AbortSignal,
): Promise<void> => {
  for (let before = -1; !signal.aborted; ) {
    const [received, inFlight] = look();
    if (received === before && inFlight === 0) return;
    before = received;
    await wait(quietMs, undefined, { signal }).catch(() => signal.aborted);
  }
};
