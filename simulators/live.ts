import { setImmediate } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';
import { pause } from './pause.ts';
import type { SimulatedDevice } from './sample.ts';
import { type Cadence, schedule } from './schedule.ts';
import type { Street } from './street.ts';
import type { Timebase } from './timebase.ts';

/** Messages after which others get a turn even when the schedule is behind. */
const turnMessages = 200;
/** Further behind than this (a laptop that slept, a speed that is too high), the schedule starts anew from now. */
const lateMsMax = 30_000;
const tickMs = 10;
/** Rate that could not be kept is not made up for beyond this. */
const debtMsMax = 100;

export interface LiveOptions {
  readonly fleet: Fleet;
  readonly street: Street;
  readonly devices: readonly SimulatedDevice[];
  readonly timebase: Timebase;
  readonly cadenceS?: Cadence | undefined;
  /** Messages a second, in the place of the cadence. */
  readonly rate?: number | undefined;
}

/**
 * Connects the fleet and publishes until the signal fires, then says goodbye. Rejects as `Fleet.connect` does,
 * and where a receiver of posts lets nobody in.
 */
export const runLive = async (options: LiveOptions, signal: AbortSignal): Promise<void> => {
  const { fleet, rate } = options;
  const over = new AbortController();
  const running = AbortSignal.any([signal, over.signal, fleet.refused]);
  const publishing =
    rate === undefined ? publishOnTime(options, running) : publishAtRate(options, rate, running);
  try {
    await Promise.all([fleet.connect(running), publishing]);
  } finally {
    over.abort();
    await fleet.close();
  }
  fleet.refused.throwIfAborted();
};

/** Publishes each reading when it is due. */
const publishOnTime = async (options: LiveOptions, signal: AbortSignal): Promise<void> => {
  const { fleet, street, devices, timebase, cadenceS } = options;
  while (!signal.aborted) {
    let turn = 0;
    for (const sample of schedule(street, devices, timebase.now(), Number.POSITIVE_INFINITY, cadenceS)) {
      const delayMs = timebase.delayMs(sample.time);
      if (delayMs > 0) await pause(delayMs, signal);
      else if (++turn % turnMessages === 0) await setImmediate();
      if (signal.aborted || delayMs < -lateMsMax) break;
      fleet.publish(sample);
    }
  }
};

/** Publishes current values, one device after the other. */
const publishAtRate = async (
  { fleet, devices }: LiveOptions,
  messagesPerSecond: number,
  signal: AbortSignal,
): Promise<void> => {
  const dueMax = (debtMsMax * messagesPerSecond) / 1000;
  let due = 0;
  let next = 0;
  for (let before = performance.now(); !signal.aborted; ) {
    await pause(tickMs, signal);
    const now = performance.now();
    due = Math.min(due + ((now - before) * messagesPerSecond) / 1000, Math.max(dueMax, 1));
    before = now;
    for (let tries = devices.length; due >= 1 && tries > 0; next = (next + 1) % devices.length) {
      const device = devices[next];
      if (device === undefined || !fleet.canPublish(device)) {
        tries--;
        continue;
      }
      fleet.publishCurrent(device);
      tries = devices.length;
      due--;
    }
  }
};
