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

/**
 * Writes entries and finds those that the server will never take by halving what it refused: a reply names only
 * the first of them. Sending the good ones again does no harm. Rejects where the server takes nothing now.
 */
export const writeEntries = async (
  parts: WriteParts,
  entries: readonly BatchEntry[],
): Promise<WriteResult['rejected']> => {
  const rejected: { index: number; reason: string }[] = [];
  const pending = chunksOf(entries, linesMax).reverse();
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    const reason = await writeOnce(parts, part);
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
