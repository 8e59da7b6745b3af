import { type MessagePort, parentPort } from 'node:worker_threads';
import { notePlaced } from '../../ingest/normalise/place.ts';
import { ParcelReader } from '../../ingest/parcel.ts';
import { type Channel, Peer } from '../../ingest/peer.ts';
import { take } from '../../ingest/take.ts';
import { systemClock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import type { DoorSide, IngestCalls } from './protocol.ts';
import { catchUp, openReader, type Reader, writeOwn } from './reader.ts';

const presenceEveryMs = 60_000;
/**
 * Live state goes out with the answer to a parcel, so that who was acknowledged finds it there. Where many series
 * change it goes not more often than this.
 */
const liveEveryMs = 20;
const fewSeries = 32;

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
    const { presence } = opened();
    writeOwn(opened(), presence.report(systemClock.now())).catch((error: unknown) =>
      door.tell('warn', { err: String(error) }, 'device health was not written'),
    );
  };

  let toldAt = 0;
  let later: NodeJS.Timeout | undefined;
  const news = () => {
    const sinceMs = performance.now() - toldAt;
    if (sinceMs >= liveEveryMs || opened().live.changes <= fewSeries) {
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
      if (site === undefined) return;
      for (const point of points) notePlaced(site, point);
      live.restore(site, points);
    },
    begin: () => {
      const { live, sites } = opened();
      catchUp(opened());
      reporting = setInterval(report, presenceEveryMs);
      return [...sites.keys()].flatMap((site) => live.snapshot(site));
    },
    take: async (parcel, refused) => {
      const { pipeline, spool } = opened();
      const outcome = await take({ parcels, pipeline, spool }, parcel, refused);
      return { ...outcome, live: news() };
    },
    connect: (port: MessagePort) => opened().spool.connect(port),
    write: (points) => writeOwn(opened(), points),
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

if (parentPort !== null) serve(parentPort);
