import { join } from 'node:path';
import type { Registry } from 'prom-client';
import { Decoder } from '../ingest/decode/decoder.ts';
import { devices } from '../ingest/decode/devices/index.ts';
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
import { ApertoError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { measurementNames } from '../model/measurements.ts';
import type { Site } from '../model/site.ts';
import type { Log } from './log.ts';
import { observeIngest } from './metrics.ts';
import type { Storage } from './storage/storage.ts';

/** How far back the live state is read from the store at start. */
const restoreMs = 7 * 24 * 3600 * 1000;
const presenceEveryMs = 60_000;

export interface IngestOptions {
  readonly dataDirectory: string;
  readonly sites: ReadonlyMap<string, Site>;
  readonly storage: Storage;
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
  /** Ends the drain, then closes the spool with all that it was given. */
  close(): Promise<void>;
}

/** Opens the spool, reads back what is known, and starts the drain. A start that fails gives the spool back. */
export const startIngest = async (options: IngestOptions): Promise<Ingest> => {
  const spool = await openSpool(options.dataDirectory);
  try {
    return await startWith(spool, options);
  } catch (error) {
    await spool.close();
    throw error;
  }
};

const openSpool = (dataDirectory: string): Promise<Spool> =>
  Spool.open(
    {
      path: join(dataDirectory, 'spool.db'),
      sizeBytesMax: limits.spoolBytesMax,
      tailMessagesMax: limits.duplicateWindowMessages,
      quarantineRowsMax: limits.quarantineRowsMax,
    },
    { messagesMax: limits.commitMessagesMax, bytesMax: limits.commitBytesMax },
  );

const startWith = async (spool: Spool, options: IngestOptions): Promise<Ingest> => {
  const { sites, storage, clock, log, metrics } = options;
  const { accounts, waitingMessages, lostMessages, setAside, tail, memory: kept } = spool.opened;
  if (setAside !== undefined) log.error({ setAside, lostMessages }, damageText(accounts));
  const ledger = new Ledger(accounts, waitingMessages);
  const duplicates = new Duplicates(limits.duplicateWindowMessages);
  const messages = tail.flatMap(decodeBatch).filter((message) => message.messages !== 0);
  for (const message of messages) duplicates.remember(toEntry(message));
  const live = new LiveState(sites.values());
  const presence = new Presence();
  await restore(live, options);
  // What waited in the spool is newer than what the store has.
  for (const point of messages.flatMap(({ points }) => points)) {
    const site = sites.get(point.tags.site ?? '');
    if (site !== undefined) live.restore(site, [point]);
  }
  for (const site of sites.keys()) presence.restore(live.snapshot(site));

  const strangers = new Strangers();
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
  await storage.startDrain({ spool, ledger, log, onStored: observed.stored });
  const reporting = setInterval(() => {
    const points = presence.report(clock.now());
    if (points.length === 0) return;
    spool
      .append({ entry: toEntry({ points, messages: 0 }) })
      .catch((error: unknown) => log.warn({ err: error }, 'device health was not written'));
  }, presenceEveryMs);

  const close = async (): Promise<void> => {
    clearInterval(reporting);
    await storage.stopDrain();
    await spool.close();
  };
  return { pipeline, spool, ledger, live, strangers, close };
};

/** Where the books went too, nobody can tell how much is missing. */
const damageText = ({ received = 0 }: Readonly<Record<string, number>>): string =>
  received > 0
    ? 'the spool was damaged; what was readable is kept, and the books tell what was lost'
    : 'the spool was damaged and its books cannot be read: what it held is in the file set aside, and how much of it was lost is not known';

/** What the store knows of the last days. A store that is not there yet delays no start: the spool keeps for it. */
const restore = async (live: LiveState, { sites, storage, clock, log }: IngestOptions): Promise<void> => {
  const since = clock.now() - restoreMs;
  try {
    for (const site of sites.values()) {
      for (const measurement of measurementNames) {
        if (measurement === 'device_health') continue;
        live.restore(site, await storage.latest(measurement, site.id, since));
      }
    }
  } catch (error) {
    if (!(error instanceof ApertoError) || error.code !== 'store_unavailable') throw error;
    log.warn({ code: error.code }, `starting without what was stored before: ${error.message}`);
  }
};
