import { ApertoError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import type { Store, WriteResult } from '../store/store.ts';
import type { QuarantinedMessage } from './quarantine.ts';
import type { StoredMessage } from './spool/body.ts';

/** A message of which the store will never take a point, or none at all. */
export interface Refusal {
  readonly message: StoredMessage;
  readonly reason: string;
}

type Written = WriteResult | { readonly refused: string };

/** Runs work until it succeeds; `undefined` where somebody gave up meanwhile. */
export type Retry = <Value>(work: () => Promise<Value>) => Promise<Value | undefined>;

export const pointsOf = (messages: readonly StoredMessage[]): Point[] => {
  const all: Point[] = [];
  for (const { points } of messages) for (const point of points) all.push(point);
  return all;
};

/**
 * Writes messages to the store, and answers which of them it refuses; `undefined` where the retry gave up.
 * Too many points for one write go in halves. So does a batch that is refused as a whole, until the message at
 * fault is found: one bad message neither takes others with it nor stops the queue.
 */
export const deliver = async (
  store: Store,
  messages: readonly StoredMessage[],
  retry: Retry,
): Promise<readonly Refusal[] | undefined> => {
  const points = pointsOf(messages);
  if (points.length === 0) return [];
  const [message, ...others] = messages;
  if (points.length <= limits.storeBatchPointsMax || others.length === 0) {
    const written = await retry(() => write(store, points));
    if (written === undefined) return undefined;
    if (!('refused' in written)) return refusals(messages, written);
    if (message !== undefined && others.length === 0) return [{ message, reason: written.refused }];
  }
  const half = Math.ceil(messages.length / 2);
  const first = await deliver(store, messages.slice(0, half), retry);
  const rest = first === undefined ? undefined : await deliver(store, messages.slice(half), retry);
  return first === undefined || rest === undefined ? undefined : [...first, ...rest];
};

const write = async (store: Store, points: readonly Point[]): Promise<Written> => {
  try {
    return await store.write(points);
  } catch (error) {
    if (error instanceof ApertoError && error.code === 'store_rejected') return { refused: error.message };
    throw error;
  }
};

const refusals = (messages: readonly StoredMessage[], { rejected }: WriteResult): Refusal[] => {
  if (rejected.length === 0) return [];
  const reasons = new Map(rejected.map(({ index, reason }) => [index, reason]));
  let index = 0;
  return messages.flatMap((message) => {
    const reason = message.points
      .map((_, offset) => reasons.get(index + offset))
      .find((text) => text !== undefined);
    index += message.points.length;
    return reason === undefined ? [] : [{ message, reason }];
  });
};

/** The copy that is kept of a refused message. */
export const toQuarantined = (
  { message, reason }: Refusal,
  store: string,
  receivedAt: number,
): Omit<QuarantinedMessage, 'id'> => ({
  receivedAt,
  topic: `store/${store}`,
  reason: 'store_rejected',
  detail: `${store} will not take it: ${reason}`,
  payload: JSON.stringify(message.points).slice(0, limits.quarantinePayloadBytesMax),
});
