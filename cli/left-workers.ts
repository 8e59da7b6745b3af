import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { KeptFilters } from '../ingest/subscribe/kept-filters.ts';
import { ApertoError } from '../model/errors.ts';

/**
 * A worker that is not started any more still has its share of the messages at the broker, where nobody takes them.
 * @throws ApertoError `usage` naming the first such worker beyond `count`
 */
export const requireNoneLeft = (dataDirectory: string, count: number): void => {
  if (!existsSync(dataDirectory)) return;
  const left = readdirSync(dataDirectory)
    .map((name) => Number(/^worker-(\d{1,6})$/.exec(name)?.[1]))
    .filter((worker) => worker > count)
    .toSorted((a, b) => a - b)
    .find((worker) => new KeptFilters(join(dataDirectory, `worker-${worker}`)).filters.length > 0);
  if (left === undefined) return;
  throw new ApertoError(
    'usage',
    `--workers ${count}: worker ${left} of an earlier start still has its share of the messages at the broker; run aperto ingest with --retire --worker-id ${left} once, or start as many as before`,
  );
};
