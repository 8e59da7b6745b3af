import { onTestFinished } from 'vitest';
import { Drain, type DrainParts } from '../../ingest/drain.ts';
import { Ledger } from '../../ingest/ledger.ts';
import { Spool } from '../../ingest/spool/spool.ts';
import { ApertoError } from '../../model/errors.ts';
import { appendAll, readerOf } from './spool.ts';

export const away = (retryAfterMs?: number): ApertoError =>
  new ApertoError('store_unavailable', 'away', {
    retry: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

export interface DrainUnderTest {
  readonly drain: Drain;
  readonly ledger: Ledger;
  /** How long it should have waited, each time. */
  readonly waits: number[];
  readonly warnings: string[];
}

/** A drain of the running test that never waits. */
export const drainOf = (
  spool: Spool | DrainParts['spool'],
  store: DrainParts['store'],
  changes: Partial<DrainParts> = {},
): DrainUnderTest => {
  const ledger = new Ledger({}, 0);
  const waits: number[] = [];
  const warnings: string[] = [];
  const drain = new Drain({
    spool: spool instanceof Spool ? readerOf(spool) : spool,
    store,
    ledger,
    clock: { now: () => 1_750_000_000_000 },
    log: { warn: (_fields, message) => warnings.push(message) },
    gatherMs: 7,
    delay: async (ms) => void waits.push(ms),
    ...changes,
  });
  onTestFinished(() => drain.stop());
  return { drain, ledger, waits, warnings };
};

/** Messages that came in at a door and are durable. */
export const receive = async (spool: Spool, ledger: Ledger, numbers: readonly number[]): Promise<void> => {
  for (const _ of numbers) ledger.receive(1);
  await appendAll(spool, numbers);
  for (const _ of numbers) ledger.leave('spooled');
};

/** A delay that ends when the drain is stopped. */
export const untilAborted = (_ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
