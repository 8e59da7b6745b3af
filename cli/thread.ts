import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** Sizes of a thread's heap in MB: a nursery of three semi-spaces, and what the rest may grow to. */
export interface HeapSizes {
  readonly youngMb: number;
  readonly oldMb: number;
}

/** Starts a thread of the built code, under a test runner that reads TypeScript too, with a heap of its own size. */
export const startThread = (
  name: '#ingest-worker' | '#storage-worker',
  { youngMb, oldMb }: HeapSizes,
): Worker => {
  // The flag that makes the nursery of the doors large would go before the limits of every other thread. Theirs is
  // made already and keeps its size.
  setFlagsFromString('--max-semi-space-size=0');
  return new Worker(createRequire(import.meta.url).resolve(name), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: youngMb, maxOldGenerationSizeMb: oldMb },
  });
};
