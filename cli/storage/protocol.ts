import type { MessagePort } from 'node:worker_threads';
import type { RollupState } from '../../gateway/http/figures.ts';
import type { Accounts } from '../../ingest/spool/protocol.ts';
import type { KpiAnswer, KpiQuery } from '../../kpi/query/reader.ts';
import type { Site } from '../../model/site.ts';
import type { Store } from '../../store/store.ts';
import type { Sharing } from './duty.ts';

export interface StorageOptions {
  /** `duckdb`, `duckdb:PATH` or `influx`. */
  readonly store: string;
  readonly dataDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where this process notes which windows are to be made. */
  readonly marksDirectory: string;
  /** Sites of which windows are made. */
  readonly sites: readonly Site[];
  /** Absent for the only one on its store. */
  readonly sharing?: Sharing;
}

/** What the storage thread answers. */
export type StorageCalls = Pick<Store, 'write' | 'range' | 'aggregate' | 'latest' | 'ping'> & {
  /** Opens the store; resolves with its name. */
  open(options: StorageOptions): Promise<string>;
  /** Figures of a site, from its windows. */
  figures(site: string, query: KpiQuery): Promise<KpiAnswer>;
  rollups(): readonly RollupState[];
  /** Begins to carry the spool, which is at the other end of the port, to the store, and to make windows. */
  drain(spool: MessagePort): void;
  /** Ends after the write and the windows that are under way. */
  stopDrain(): Promise<void>;
  close(): Promise<void>;
};

/** What the storage thread tells the thread that has the books. */
export interface BookSide {
  /** Books what the store, or the loss of a damaged part, settled. */
  book(accounts: Accounts): void;
  stored(points: number, writeMs: number): void;
  warn(fields: object, message: string): void;
}
