import { join } from 'node:path';
import { Decoder } from '../../ingest/decode/decoder.ts';
import { devices } from '../../ingest/decode/devices/index.ts';
import { Duplicates } from '../../ingest/duplicates.ts';
import { Inventory } from '../../ingest/inventory.ts';
import { KeptMemory } from '../../ingest/kept-memory.ts';
import { LiveState } from '../../ingest/live.ts';
import { notePlaced } from '../../ingest/normalise/place.ts';
import { defaultTimePolicy } from '../../ingest/normalise/time.ts';
import { OriginNames } from '../../ingest/origin.ts';
import { Pipeline } from '../../ingest/pipeline.ts';
import { Presence } from '../../ingest/presence.ts';
import { encodeBody, type StoredMessage } from '../../ingest/spool/body.ts';
import { Spool } from '../../ingest/spool/spool.ts';
import { Strangers } from '../../ingest/strangers.ts';
import { systemClock } from '../../model/clock.ts';
import { limits } from '../../model/limits.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import { readOriginKey } from './origin-key.ts';
import type { IngestOptions } from './protocol.ts';

/** All that the ingest thread has: the spool, and what reads the messages before they go there. */
export interface Reader {
  readonly spool: Spool;
  readonly pipeline: Pipeline;
  readonly live: LiveState;
  readonly presence: Presence;
  readonly strangers: Strangers;
  readonly sites: ReadonlyMap<string, Site>;
  /** Newer than what the store has: these waited in the spool, or were the last to leave it. */
  readonly tail: readonly StoredMessage[];
}

/** Opens the spool and reads back what is known. A start that fails gives the spool back. */
export const openReader = async ({ dataDirectory, sites }: IngestOptions): Promise<Reader> => {
  const spool = await Spool.open(
    {
      path: join(dataDirectory, 'spool.db'),
      sizeBytesMax: limits.spoolBytesMax,
      tailMessagesMax: limits.duplicateWindowMessages,
      quarantineRowsMax: limits.quarantineRowsMax,
    },
    { messagesMax: limits.commitMessagesMax, bytesMax: limits.commitBytesMax },
  );
  try {
    return readerOf(spool, sites, new OriginNames(readOriginKey(dataDirectory)));
  } catch (error) {
    await spool.close();
    throw error;
  }
};

const readerOf = (spool: Spool, sites: ReadonlyMap<string, Site>, origins: OriginNames): Reader => {
  const duplicates = new Duplicates(limits.duplicateWindowMessages);
  const tail = spool.opened.tail.flatMap((body) => duplicates.restore(body));
  const live = new LiveState(sites.values());
  const presence = new Presence();
  const strangers = new Strangers();
  const memory = new KeptMemory(
    { entriesMax: limits.memoryEntriesMax, valueBytesMax: limits.memoryValueBytesMax },
    spool.opened.memory,
  );
  const decoder = new Decoder({
    definitions: devices,
    memory,
    timezone: [...sites.values()][0]?.timezone ?? 'UTC',
  });
  const pipeline = new Pipeline({
    decoder,
    memory,
    origins,
    inventory: new Inventory(sites),
    strangers,
    spool,
    duplicates,
    live,
    presence,
    clock: systemClock,
    timePolicy: defaultTimePolicy,
  });
  return { spool, pipeline, live, presence, strangers, sites, tail };
};

/** Brings the live state up to what waited in the spool, and whom to miss to that. */
export const catchUp = ({ live, presence, sites, tail }: Reader): void => {
  for (const { points } of tail) {
    for (const point of points) {
      const site = sites.get(point.tags.site ?? '');
      if (site === undefined) continue;
      notePlaced(site, point);
      live.restore(site, [point]);
    }
  }
  for (const site of sites.keys()) presence.restore(live.snapshot(site));
};

/** Writes points of our own, which are no message of the books. */
export const writeOwn = async ({ spool }: Reader, points: readonly Point[]): Promise<void> => {
  if (points.length === 0) return;
  const body = encodeBody([{ points, messages: 0 }]);
  await spool.append({ batch: { body, messages: 0, points: points.length } });
};
