import type { MessagePort } from 'node:worker_threads';
import type { RollupState } from '../../gateway/http/figures.ts';
import type { Ledger } from '../../ingest/ledger.ts';
import { Peer } from '../../ingest/peer.ts';
import type { KpiAnswer, KpiQuery } from '../../kpi/query/reader.ts';
import { ApertoError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import type { Store } from '../../store/store.ts';
import { startThread } from '../thread.ts';
import type { BookSide, StorageCalls, StorageOptions } from './protocol.ts';

export interface DrainSide {
  /** The other end of a port that was given to `Spool.connect`. */
  readonly spool: MessagePort;
  readonly ledger: Pick<Ledger, 'settleSpooled'>;
  readonly log: { warn(fields: object, message: string): void };
  readonly onStored: (points: number, writeMs: number) => void;
}

/** The store in a thread of its own, and the drain beside it. `ping` also tells why the drain does not get on. */
export interface Storage extends Store {
  startDrain(side: DrainSide): Promise<void>;
  /** Ends after the write that is under way; what is left stays in the spool. */
  stopDrain(): Promise<void>;
  /** Figures of a site, from its windows. */
  figures(site: string, query: KpiQuery): Promise<KpiAnswer>;
  /** How far the windows of each site are. */
  rollups(): Promise<readonly RollupState[]>;
}

/** @throws ApertoError as the store does when it cannot be opened */
export const openStorage = async (options: StorageOptions): Promise<Storage> => {
  const worker = startThread('#storage-worker', {
    youngMb: limits.storageYoungGenerationMb,
    oldMb: limits.storageOldGenerationMb,
  });
  let side: DrainSide | undefined;
  const sideOf = (): DrainSide => {
    if (side === undefined) throw new ApertoError('closed', 'nothing to drain');
    return side;
  };
  const calls: BookSide = {
    book: (accounts) => sideOf().ledger.settleSpooled(accounts),
    stored: (points, writeMs) => sideOf().onStored(points, writeMs),
    warn: (fields, message) => sideOf().log.warn(fields, message),
  };
  const peer = new Peer<StorageCalls>(worker, { ...calls });
  worker.on('error', (error) =>
    peer.end(new ApertoError('store_unavailable', `the storage thread failed: ${error.message}; restart`)),
  );
  worker.on('exit', () => peer.end(new ApertoError('closed', 'the storage thread has ended')));

  // The process's own environment cannot be copied to a thread as it is.
  const environment = { ...options.environment };
  const name = await peer.call('open', { ...options, environment }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  return {
    name,
    write: (points) => peer.call('write', points),
    range: (query) => peer.call('range', query),
    aggregate: (query) => peer.call('aggregate', query),
    latest: (measurement, site, since) => peer.call('latest', measurement, site, since),
    figures: (site, query) => peer.call('figures', site, query),
    rollups: () => peer.call('rollups'),
    ping: () => peer.call('ping'),
    startDrain: async (given) => {
      side = given;
      await peer.give([given.spool], 'drain', given.spool);
    },
    stopDrain: () => peer.call('stopDrain'),
    close: async () => {
      await peer.call('close');
      await worker.terminate();
    },
  };
};
