import type { MessagePort } from 'node:worker_threads';
import type { Remembered } from '../kept-memory.ts';
import type { QuarantinedMessage, QuarantineQuery } from '../quarantine.ts';

/** Numbers of messages by account: `received`, `stored`, `duplicate`, `quarantined:{reason}`, `refused:{reason}`. */
export type Accounts = Readonly<Record<string, number>>;

/** Account that counts no messages: how often the books themselves were damaged beyond reading. */
export const booksLost = 'books_lost';

export interface SpoolOptions {
  /** File of the spool; its directory exists. */
  readonly path: string;
  /** Bound of the file; a commit beyond it fails with `spool_full`. */
  readonly sizeBytesMax: number;
  /** Messages in the store that are kept to know repeats after a restart. */
  readonly tailMessagesMax: number;
  readonly quarantineRowsMax: number;
}

/** Messages that go to the store together: one row. */
export interface NewBatch {
  /** Of `body.ts`. */
  readonly body: string;
  /** Those of the books. */
  readonly messages: number;
  readonly points: number;
}

/** One group commit: everything in it becomes durable together, or nothing does. */
export interface Commit {
  readonly batches: readonly NewBatch[];
  readonly quarantined: readonly Omit<QuarantinedMessage, 'id'>[];
  readonly accounts: Accounts;
  /** Changes of what the device definitions remember. */
  readonly remembered: readonly Remembered[];
}

export interface Batch {
  readonly id: number;
  readonly body: string;
}

export interface ReadResult {
  readonly batches: readonly Batch[];
  /** Messages of damaged batches that were passed over; the books have them as `quarantined:spool_corrupt`. */
  readonly lostMessages: number;
  /** Points of all that waits for the store, these among them. */
  readonly waitingPoints: number;
}

/** What the store made of batches up to an id. */
export interface Settlement {
  readonly upTo: number;
  readonly quarantined: readonly Omit<QuarantinedMessage, 'id'>[];
  readonly accounts: Accounts;
}

export interface SpoolStats {
  readonly waitingMessages: number;
  readonly waitingPoints: number;
  /** Size of the database and its write-ahead log. */
  readonly sizeBytes: number;
}

/** What a start found. */
export interface Opened {
  readonly accounts: Accounts;
  readonly waitingMessages: number;
  /** Messages that the file promised and no longer holds; they are in the books as `quarantined:spool_corrupt`. */
  readonly lostMessages: number;
  /** Where a damaged file was set aside. */
  readonly setAside?: string;
  /** Batch bodies, newest last: the messages that a repeat may repeat. */
  readonly tail: readonly string[];
  /** What the device definitions remember, least recently set first. */
  readonly memory: readonly (readonly [string, string])[];
}

/** The calls that the spool's thread answers, in the order in which they come. */
export interface SpoolCalls {
  /** Fails with reason `damaged` for a file that `replaceDamaged` is for, in a thread of its own. */
  open(options: SpoolOptions): Opened;
  /** Answers where the damaged file was set aside. */
  replaceDamaged(options: SpoolOptions): string;
  commit(commit: Commit): void;
  listQuarantine(query: QuarantineQuery): readonly QuarantinedMessage[];
  stats(): SpoolStats;
  /** Answers the drain in another thread: its calls come by this port. */
  connect(port: MessagePort): void;
  close(): void;
}

/** What the drain asks of the spool's thread. */
export interface DrainCalls {
  /** Batches after an id, oldest first, up to `pointsMax`, one at least where there is one. */
  read(after: number, pointsMax: number): ReadResult;
  /** The newest batches after an id, oldest of them first, up to about `pointsMax`. */
  readNewest(after: number, pointsMax: number): readonly Batch[];
  settle(settlement: Settlement): void;
}

/** What the spool's thread tells the drain. */
export interface DrainNews {
  /** There may be something to read. */
  committed(): void;
}
