import type { Point } from '../../model/point.ts';

/** What a worker has to do about windows, beside the drain. */
export interface Duty {
  /** To be told before a batch is settled. When it returns, no crash can make it forget. */
  noteStored(points: readonly Point[]): void;
  /** One step. @returns whether more is due at once. Rejects with ApertoError of the store; the step is tried again. */
  step(): Promise<boolean>;
  /** What is still to be done at the end. */
  finish(): Promise<void>;
  /** All that was stored with a time before this is in the windows; 0 where nobody knows. */
  watermark(site: string): number;
  close(): void;
}

/** A worker among several on one store. */
export interface Sharing {
  /** No other worker on the store has this name. */
  readonly worker: string;
  /** Exactly one of them makes the windows. */
  readonly makesWindows: boolean;
}
