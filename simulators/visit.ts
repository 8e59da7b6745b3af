import type { Interval } from './calendar.ts';
import type { Place } from './plan.ts';

/** One person's stay on the street, from the way in to the way out. Nobody is anybody: it has no identity. */
export interface Visit extends Interval {
  /** Names, with `ordinal`, the stream from which others draw what this person carries. */
  readonly origin: string;
  readonly ordinal: number;
  /** Where the person spends the time. */
  readonly at: Place;
  /** Counters passed on the way in and out; `undefined` where the site has none. */
  readonly entry: string | undefined;
  readonly exit: string | undefined;
  /** Who sits down. */
  readonly sitting: Sitting | undefined;
}

export interface Sitting extends Interval {
  readonly seat: string;
  /** What the laptop draws from the socket; 0 without one. */
  readonly plugW: number;
}
