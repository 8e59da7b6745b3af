import { setTimeout } from 'node:timers/promises';

/** Waits; returns early when the signal fires. */
export const pause = async (delayMs: number, signal: AbortSignal): Promise<void> => {
  try {
    await setTimeout(delayMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
