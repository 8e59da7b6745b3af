import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Outcome } from '../../ingest/message.ts';
import { ParcelReader } from '../../ingest/parcel.ts';
import { type Channel, Peer } from '../../ingest/peer.ts';
import { systemClock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import type { DoorSide, IngestCalls } from './protocol.ts';
import { catchUp, openReader, type Reader, reportPresence } from './reader.ts';

const presenceEveryMs = 60_000;
/** Live state goes out with the answer to a parcel, and in a storm of parcels not more often than this. */
const liveEveryMs = 20;

/** The ingest thread: it reads what the doors were told, and has the spool. */
const serve = (channel: Channel): void => {
  let reader: Reader | undefined;
  let reporting: NodeJS.Timeout | undefined;
  const parcels = new ParcelReader();
  const opened = (): Reader => {
    if (reader === undefined) throw new ApertoError('closed', 'the spool is not open');
    return reader;
  };
  const report = (): void => {
    reportPresence(opened(), systemClock.now()).catch((error: unknown) =>
      door.tell('warn', { err: String(error) }, 'device health was not written'),
    );
  };

  let toldAt = 0;
  let later: NodeJS.Timeout | undefined;
  const news = () => {
    const sinceMs = performance.now() - toldAt;
    if (sinceMs >= liveEveryMs) {
      toldAt = performance.now();
      return opened().live.takeChanges();
    }
    later ??= setTimeout(() => {
      later = undefined;
      const entries = opened().live.takeChanges();
      if (entries.length > 0) door.tell('live', entries);
    }, liveEveryMs - sinceMs);
    return [];
  };

  const calls: IngestCalls = {
    open: async (options) => {
      reader = await openReader(options);
      const { accounts, waitingMessages, lostMessages, setAside } = reader.spool.opened;
      reader.pipeline.onRebirth((rebirth) => door.tell('rebirth', rebirth));
      return { accounts, waitingMessages, lostMessages, ...(setAside === undefined ? {} : { setAside }) };
    },
    restore: (id, points) => {
      const { live, sites } = opened();
      const site = sites.get(id);
      if (site !== undefined) live.restore(site, points);
    },
    begin: () => {
      const { live, sites } = opened();
      catchUp(opened());
      reporting = setInterval(report, presenceEveryMs);
      return [...sites.keys()].flatMap((site) => live.snapshot(site));
    },
    take: async (parcel, refused) => {
      const { pipeline, spool } = opened();
      for (const [account, messages] of refused) spool.book(account, messages);
      const messages = parcels.read(parcel);
      if (messages.length === 0) return { places: new Uint16Array(0), outcomes: [], accounts: new Map(), live: [] };
      const { outcomes, accounts } = await pipeline.accept(messages);
      return { ...placesOf(outcomes), accounts, live: news() };
    },
    connect: (port: MessagePort) => opened().spool.connect(port),
    listQuarantine: (query) => opened().spool.listQuarantine(query),
    strangers: () => opened().strangers.list(),
    stats: () => opened().spool.stats(),
    check: () => opened().spool.check(),
    close: async () => {
      clearInterval(reporting);
      clearTimeout(later);
      await reader?.spool.close();
    },
  };
  const door = new Peer<DoorSide>(channel, { ...calls });
};

/** Most messages of a parcel share an outcome: each is told once. */
const placesOf = (all: readonly Outcome[]) => {
  const places = new Uint16Array(all.length);
  const known = new Map<Outcome, number>();
  for (const [index, outcome] of all.entries()) {
    let place = known.get(outcome);
    if (place === undefined) {
      place = known.size;
      known.set(outcome, place);
    }
    places[index] = place;
  }
  return { places, outcomes: [...known.keys()] };
};

if (parentPort !== null) serve(parentPort);
