import type { MessagePort } from 'node:worker_threads';
import type { Rebirth } from '../../ingest/decode/decoded.ts';
import type { ParcelOutcome } from '../../ingest/intake.ts';
import type { Account } from '../../ingest/ledger.ts';
import type { LiveEntry } from '../../ingest/live.ts';
import type { Parcel } from '../../ingest/parcel.ts';
import type { QuarantinedMessage, QuarantineQuery } from '../../ingest/quarantine.ts';
import type { Opened, SpoolStats } from '../../ingest/spool/protocol.ts';
import type { Stranger } from '../../ingest/strangers.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';

export interface IngestOptions {
  readonly dataDirectory: string;
  readonly sites: ReadonlyMap<string, Site>;
}

/** What the thread found in the spool. */
export type Found = Pick<Opened, 'accounts' | 'waitingMessages' | 'lostMessages' | 'setAside'>;

export interface Taken extends ParcelOutcome {
  readonly live: readonly LiveEntry[];
}

/** What the ingest thread answers. */
export interface IngestCalls {
  /** Opens the spool. */
  open(options: IngestOptions): Promise<Found>;
  /** What the store knows of a site, before anything else is taken. */
  restore(site: string, points: readonly Point[]): void;
  /** Ends the restoring; answers all that is known now. */
  begin(): readonly LiveEntry[];
  /** Answers once all of the parcel is durable. */
  take(parcel: Parcel, refused: ReadonlyMap<Account, number>): Promise<Taken>;
  /** Answers the drain, which is at the other end of the port. */
  connect(port: MessagePort): Promise<void>;
  /** Writes points of our own, which are no message of the books. */
  write(points: readonly Point[]): Promise<void>;
  listQuarantine(query: QuarantineQuery): Promise<readonly QuarantinedMessage[]>;
  strangers(): readonly Stranger[];
  stats(): Promise<SpoolStats>;
  /** Fails with the reason while messages cannot be made durable. */
  check(): Promise<void>;
  /** Commits what is queued, then gives the spool back. */
  close(): Promise<void>;
}

/** What the ingest thread tells the thread of the doors. */
export interface DoorSide {
  live(entries: readonly LiveEntry[]): void;
  rebirth(rebirth: Rebirth): void;
  warn(fields: object, message: string): void;
}
