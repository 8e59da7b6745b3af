import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/**
 * Starts a thread of the built code, under a test runner that reads TypeScript too, with a nursery of its own size:
 * three semi-spaces of a third of it.
 */
export const startThread = (
  name: '#ingest-worker' | '#storage-worker',
  youngGenerationMb: number,
): Worker => {
  // The flag that makes the nursery of the doors large would go before the limits of every other thread. Theirs is
  // made already and keeps its size.
  setFlagsFromString('--max-semi-space-size=0');
  return new Worker(createRequire(import.meta.url).resolve(name), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  });
};
