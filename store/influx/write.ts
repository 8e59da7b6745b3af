import type { Clock } from '../../model/clock.ts';
import type { BatchEntry } from '../batch.ts';
import type { WriteResult } from '../store.ts';
import { toLine } from './line.ts';
import type { SendLines } from './line-sender.ts';
import { type Target, writeOutcome } from './outcome.ts';

export interface WriteParts {
  readonly send: SendLines;
  readonly target: Target;
  readonly clock: Clock;
}

/** One request carries no more lines than this. */
const linesMax = 5_000;

/** A batch of which the server has judged a part: what is still to be sent, last first, and what it will never take. */
export interface Search {
  readonly pending: (readonly BatchEntry[])[];
  readonly rejected: { readonly index: number; readonly reason: string }[];
}

export const beginSearch = (entries: readonly BatchEntry[]): Search => ({
  pending: chunksOf(entries, linesMax).reverse(),
  rejected: [],
});

/**
 * Writes a batch and finds the points that the server will never take by halving what it refused: a reply names only
 * the first of them. Sending the good ones again does no harm. Rejects where the server takes nothing now; the search
 * then stands where it was, so that a server which answers only now and then comes to an end with it too.
 */
export const writeEntries = async (
  parts: WriteParts,
  { pending, rejected }: Search,
): Promise<WriteResult['rejected']> => {
  for (let part = pending.at(-1); part !== undefined; part = pending.at(-1)) {
    const reason = await writeOnce(parts, part);
    pending.pop();
    if (reason === undefined) continue;
    if (reason.all) {
      rejected.push(
        ...part.flatMap(({ indexes }) => indexes.map((index) => ({ index, reason: reason.text }))),
      );
    } else {
      pending.push(...chunksOf(part, Math.ceil(part.length / 2)).reverse());
    }
  }
  return rejected;
};

/** Nothing where all are stored; else why not, and whether that goes for all of them. */
const writeOnce = async (
  { send, target, clock }: WriteParts,
  entries: readonly BatchEntry[],
): Promise<{ text: string; all: boolean } | undefined> => {
  const reply = await send(entries.map(({ point }) => toLine(point)));
  const outcome = writeOutcome(reply, entries.length, target, clock);
  switch (outcome.kind) {
    case 'stored':
      return undefined;
    case 'refused':
      return { text: outcome.reason, all: outcome.all };
    case 'too_large':
      return { text: 'one point is larger than the server takes', all: entries.length === 1 };
    case 'unavailable':
      throw outcome.error;
  }
};

const chunksOf = <Value>(values: readonly Value[], size: number): Value[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
