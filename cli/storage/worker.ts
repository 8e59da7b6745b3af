import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Drain } from '../../ingest/drain.ts';
import { type Channel, Peer } from '../../ingest/peer.ts';
import { SpoolReader } from '../../ingest/spool/reader.ts';
import { systemClock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import type { Histories, History } from '../../store/history.ts';
import { openStore } from '../open-store.ts';
import { HistoryKeeper } from './history.ts';
import type { BookSide, StorageCalls } from './protocol.ts';

/**
 * The storage thread: the store, the drain that fills it, and the windows that are made of it. It reads the spool's batches as text and makes points
 * of them here, so that the thread that answers the devices does not.
 */
const serve = (channel: Channel): void => {
  let histories: Histories | undefined;
  let keeper: HistoryKeeper | undefined;
  let drain: Drain | undefined;
  const opened = (): History => {
    if (histories === undefined) throw new ApertoError('closed', 'the store is not open');
    return histories.raw;
  };
  const kept = (): HistoryKeeper => {
    if (keeper === undefined) throw new ApertoError('closed', 'the store is not open');
    return keeper;
  };
  const log = {
    warn: (fields: object, message: string) => books.tell('warn', fields, message),
  };

  const calls: StorageCalls = {
    open: async ({ store: name, dataDirectory, environment, marksDirectory, sites, sharing }) => {
      histories = await openStore(name, dataDirectory, environment);
      const marksPath = join(marksDirectory, 'rollup.db');
      const shared = sharing === undefined ? {} : { sharing };
      keeper = new HistoryKeeper({ histories, marksPath, sites, clock: systemClock, log, ...shared });
      return histories.raw.name;
    },
    write: (points) => opened().write(points),
    range: (query) => opened().range(query),
    aggregate: (query) => opened().aggregate(query),
    latest: (measurement, site, since) => opened().latest(measurement, site, since),
    ping: async () => {
      if (drain?.failure !== undefined) throw drain.failure;
      await opened().ping();
    },
    drain: (port) => {
      drain = new Drain({
        spool: new SpoolReader(port),
        store: opened(),
        ledger: { settleSpooled: (accounts) => books.tell('book', accounts) },
        clock: systemClock,
        log,
        // An engine in our own process is never away, and merges what comes before its turn at twice the price.
        ...(opened().name === 'duckdb' ? { behindMs: Number.POSITIVE_INFINITY } : {}),
        onStored: (points, writeMs) => {
          kept().noteStored(points);
          books.tell('stored', points.length, writeMs);
        },
      });
      drain.start();
      kept().start();
    },
    figures: (site, query) => kept().figures(site, query),
    rollups: () => kept().state(),
    stopDrain: async () => {
      await drain?.stop();
      await keeper?.stop();
    },
    close: async () => {
      await keeper?.close();
      await histories?.rollup.close();
      await histories?.raw.close();
    },
  };
  const books = new Peer<BookSide>(channel, { ...calls });
};

if (parentPort !== null) serve(parentPort);
