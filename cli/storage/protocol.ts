import type { MessagePort } from 'node:worker_threads';
import type { Accounts } from '../../ingest/spool/protocol.ts';
import type { Store } from '../../store/store.ts';

export interface StorageOptions {
  /** `duckdb`, `duckdb:PATH` or `influx`. */
  readonly store: string;
  readonly dataDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What the storage thread answers. */
export type StorageCalls = Pick<Store, 'write' | 'range' | 'aggregate' | 'latest' | 'ping'> & {
  /** Opens the store; resolves with its name. */
  open(options: StorageOptions): Promise<string>;
  /** Begins to carry the spool, which is at the other end of the port, to the store. */
  drain(spool: MessagePort): void;
  /** Ends after the write that is under way. */
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
