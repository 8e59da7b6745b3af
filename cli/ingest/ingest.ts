import { MessageChannel, type Worker } from 'node:worker_threads';
import type { Registry } from 'prom-client';
import type { Rebirth } from '../../ingest/decode/decoded.ts';
import { Intake } from '../../ingest/intake.ts';
import { Ledger } from '../../ingest/ledger.ts';
import type { Live } from '../../ingest/live.ts';
import { LiveMirror } from '../../ingest/live-mirror.ts';
import { Peer } from '../../ingest/peer.ts';
import type { QuarantinedMessage, QuarantineQuery } from '../../ingest/quarantine.ts';
import type { Stranger } from '../../ingest/strangers.ts';
import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { measurementNames } from '../../model/measurements.ts';
import type { Site } from '../../model/site.ts';
import type { Log } from '../log.ts';
import { observeIngest } from '../metrics.ts';
import type { Storage } from '../storage/storage.ts';
import { startThread } from '../thread.ts';
import type { DoorSide, Found, IngestCalls } from './protocol.ts';
import { both, startReport } from './report.ts';

/** How far back the live state is read from the store at start. */
const restoreMs = 7 * 24 * 3600 * 1000;

export interface IngestParts {
  /** Tells this ingest from others that write to the same store; the same at each start. */
  readonly name: string;
  readonly dataDirectory: string;
  readonly sites: ReadonlyMap<string, Site>;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
}

/** The ingest as the doors see it: the thread that reads messages and has the spool, and the drain behind it. */
export interface Ingest {
  readonly intake: Intake;
  readonly ledger: Ledger;
  readonly live: Live;
  strangers(): Promise<readonly Stranger[]>;
  /** Newest first. */
  quarantine(query: QuarantineQuery): Promise<readonly QuarantinedMessage[]>;
  /** Rejects with the reason while messages cannot be made durable. */
  check(): Promise<void>;
  /** Calls back when a Sparkplug node has to announce itself again. */
  onRebirth(listener: (rebirth: Rebirth) => void): void;
  /** Ends the drain, then closes the spool with all that it was given. */
  close(): Promise<void>;
}

/** Starts the ingest thread, opens the spool, reads back what is known, and starts the drain. */
export const startIngest = async (parts: IngestParts): Promise<Ingest> => {
  const worker = startThread('#ingest-worker', {
    youngMb: limits.ingestYoungGenerationMb,
    oldMb: limits.ingestOldGenerationMb,
  });
  try {
    return await startWith(worker, parts);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
};

const startWith = async (worker: Worker, parts: IngestParts): Promise<Ingest> => {
  const { dataDirectory, sites, storage, log, metrics } = parts;
  let mirror: LiveMirror | undefined;
  let onRebirth: ((rebirth: Rebirth) => void) | undefined;
  const news: DoorSide = {
    live: (entries) => mirror?.put(entries),
    rebirth: (rebirth) => onRebirth?.(rebirth),
    warn: (fields, message) => log.warn(fields, message),
  };
  const thread = new Peer<IngestCalls>(worker, { ...news });
  worker.on('error', (error) =>
    thread.end(new ApertoError('spool_failed', `the ingest thread failed: ${error.message}; restart`)),
  );
  worker.on('exit', () => thread.end(new ApertoError('closed', 'the ingest thread has ended')));

  const found = await thread.call('open', { dataDirectory, sites });
  tellOfDamage(found, log);
  await restore(thread, parts);
  const live = new LiveMirror(await thread.call('begin'));
  mirror = live;

  const ledger = new Ledger(found.accounts, found.waitingMessages);
  const observed = observeIngest(metrics, { ledger, stats: () => thread.call('stats') });
  const report = startReport({ ...parts, ledger, thread });
  const { port1, port2 } = new MessageChannel();
  await thread.give([port2], 'connect', port2);
  await storage.startDrain({ spool: port1, ledger, log, onStored: both(observed.stored, report.stored) });

  const intake = new Intake({
    send: async (parcel, refused) => {
      const { live: entries, ...outcome } = await thread.give([parcel.records], 'take', parcel, refused);
      live.put(entries);
      return outcome;
    },
    ledger,
    limits: { messagesMax: limits.commitMessagesMax, bytesMax: limits.commitBytesMax },
    onDurable: both(observed.durable, report.durable),
  });
  return {
    intake,
    ledger,
    live,
    strangers: () => thread.call('strangers'),
    quarantine: (query) => thread.call('listQuarantine', query),
    check: () => thread.call('check'),
    onRebirth: (listener) => {
      onRebirth = listener;
    },
    close: async () => {
      report.stop();
      intake.flush();
      await storage.stopDrain();
      await thread.call('close');
      await worker.terminate();
    },
  };
};

/** Where the books went too, nobody can tell how much is missing. */
const tellOfDamage = ({ setAside, lostMessages, accounts }: Found, log: Log): void => {
  if (setAside === undefined) return;
  const text =
    (accounts.received ?? 0) > 0
      ? 'the spool was damaged; what was readable is kept, and the books tell what was lost'
      : 'the spool was damaged and its books cannot be read: what it held is in the file set aside, and how much of it was lost is not known';
  log.error({ setAside, lostMessages }, text);
};

/** What the store knows of the last days. A store that is not there yet delays no start: the spool keeps for it. */
const restore = async (
  thread: Peer<IngestCalls>,
  { sites, storage, clock, log }: IngestParts,
): Promise<void> => {
  const since = clock.now() - restoreMs;
  try {
    for (const site of sites.keys()) {
      for (const measurement of measurementNames) {
        if (measurement === 'device_health' || measurement === 'pipeline') continue;
        await thread.call('restore', site, await storage.latest(measurement, site, since));
      }
    }
  } catch (error) {
    if (!(error instanceof ApertoError) || error.code !== 'store_unavailable') throw error;
    log.warn({ code: error.code }, `starting without what was stored before: ${error.message}`);
  }
};
