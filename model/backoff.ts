export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** A number in [0, 1). */
  readonly random?: () => number;
}

/** Delay before try number `attempt` (1, 2, …): doubles up to a bound, with full jitter above one half. */
export const backoffMs = (
  attempt: number,
  { firstMs, maxMs, random = Math.random }: BackoffOptions,
): number => {
  const ceilingMs = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return ceilingMs / 2 + (random() * ceilingMs) / 2;
};
