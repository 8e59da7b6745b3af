import { parentPort } from 'node:worker_threads';
import { Drain } from '../../ingest/drain.ts';
import { type Channel, Peer } from '../../ingest/peer.ts';
import { SpoolReader } from '../../ingest/spool/reader.ts';
import { systemClock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import type { Store } from '../../store/store.ts';
import { openStore } from '../open-store.ts';
import type { BookSide, StorageCalls } from './protocol.ts';

/**
 * The storage thread: the store and the drain that fills it. It reads the spool's batches as text and makes points
 * of them here, so that the thread that answers the devices does not.
 */
const serve = (channel: Channel): void => {
  let store: Store | undefined;
  let drain: Drain | undefined;
  const opened = (): Store => {
    if (store === undefined) throw new ApertoError('closed', 'the store is not open');
    return store;
  };

  const calls: StorageCalls = {
    open: async ({ store: name, dataDirectory, environment }) => {
      store = await openStore(name, dataDirectory, environment);
      return store.name;
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
        log: { warn: (fields, message) => books.tell('warn', fields, message) },
        onStored: (points, writeMs) => books.tell('stored', points.length, writeMs),
      });
      drain.start();
    },
    stopDrain: async () => drain?.stop(),
    close: async () => store?.close(),
  };
  const books = new Peer<BookSide>(channel, { ...calls });
};

if (parentPort !== null) serve(parentPort);
