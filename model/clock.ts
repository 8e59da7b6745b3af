/** Where the project reads the time. Tests pass a fake; nothing else calls `Date.now()` to decide. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
