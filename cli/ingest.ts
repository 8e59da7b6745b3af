import { join } from 'node:path';
import type { Registry } from 'prom-client';
import { Decoder } from '../ingest/decode/decoder.ts';
import { devices } from '../ingest/decode/devices/index.ts';
import { Drain } from '../ingest/drain.ts';
import { Duplicates } from '../ingest/duplicates.ts';
import { Inventory } from '../ingest/inventory.ts';
import { KeptMemory } from '../ingest/kept-memory.ts';
import { Ledger } from '../ingest/ledger.ts';
import { LiveState } from '../ingest/live.ts';
import { defaultTimePolicy } from '../ingest/normalise/time.ts';
import { Pipeline } from '../ingest/pipeline.ts';
import { Presence } from '../ingest/presence.ts';
import { decodeBatch, toEntry } from '../ingest/spool/entry.ts';
import { Spool } from '../ingest/spool/spool.ts';
import { Strangers } from '../ingest/strangers.ts';
import type { Clock } from '../model/clock.ts';
import { limits } from '../model/limits.ts';
import { measurementNames } from '../model/measurements.ts';
import type { Site } from '../model/site.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';
import { observeIngest } from './metrics.ts';

/** How far back the live state is read from the store at start. */
const restoreMs = 7 * 24 * 3600 * 1000;
const presenceEveryMs = 60_000;

export interface IngestOptions {
  readonly dataDirectory: string;
  readonly sites: ReadonlyMap<string, Site>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
}

export interface Ingest {
  readonly pipeline: Pipeline;
  readonly spool: Spool;
  readonly ledger: Ledger;
  readonly live: LiveState;
  readonly strangers: Strangers;
  readonly drain: Drain;
  /** Ends the drain, then closes the spool with all that it was given. */
  close(): Promise<void>;
}

/** Opens the spool, reads back what is known, and starts the drain. */
export const startIngest = async (options: IngestOptions): Promise<Ingest> => {
  const { dataDirectory, sites, store, clock, log, metrics } = options;
  const spool = await Spool.open(
    {
      path: join(dataDirectory, 'spool.db'),
      sizeBytesMax: limits.spoolBytesMax,
      tailMessagesMax: limits.duplicateWindowMessages,
      quarantineRowsMax: limits.quarantineRowsMax,
    },
    { messagesMax: limits.commitMessagesMax, bytesMax: limits.commitBytesMax },
  );
  const { accounts, waitingMessages, lostMessages, setAside, tail, memory: kept } = spool.opened;
  if (setAside !== undefined)
    log.error({ setAside, lostMessages }, 'the spool was damaged; what was readable is kept');
  const ledger = new Ledger(accounts, waitingMessages);
  const duplicates = new Duplicates(limits.duplicateWindowMessages);
  for (const message of tail.flatMap(decodeBatch)) duplicates.remember(toEntry(message));
  const live = new LiveState(sites.values());
  await restore(live, sites, store, clock);

  const strangers = new Strangers();
  const presence = new Presence();
  const observed = observeIngest(metrics, { ledger, spool });
  const memory = new KeptMemory(
    { entriesMax: limits.memoryEntriesMax, valueBytesMax: limits.memoryValueBytesMax },
    kept,
  );
  const decoder = new Decoder({
    definitions: devices,
    memory,
    timezone: [...sites.values()][0]?.timezone ?? 'UTC',
  });
  const pipeline = new Pipeline({
    decoder,
    memory,
    inventory: new Inventory(sites),
    strangers,
    spool,
    ledger,
    duplicates,
    live,
    presence,
    clock,
    timePolicy: defaultTimePolicy,
    onDurable: observed.durable,
  });
  const drain = new Drain({ spool, store, ledger, clock, log, onStored: observed.stored });
  drain.start();
  const reporting = setInterval(() => {
    const points = presence.report(clock.now());
    if (points.length === 0) return;
    spool
      .append({ entry: toEntry({ points, messages: 0 }) })
      .catch((error: unknown) => log.warn({ error }, 'device health was not written'));
  }, presenceEveryMs);

  const close = async (): Promise<void> => {
    clearInterval(reporting);
    await drain.stop();
    await spool.close();
  };
  return { pipeline, spool, ledger, live, strangers, drain, close };
};

const restore = async (
  live: LiveState,
  sites: ReadonlyMap<string, Site>,
  store: Store,
  clock: Clock,
): Promise<void> => {
  for (const site of sites.values()) {
    for (const measurement of measurementNames) {
      if (measurement === 'device_health') continue;
      live.restore(site, await store.latest(measurement, site.id, clock.now() - restoreMs));
    }
  }
};
