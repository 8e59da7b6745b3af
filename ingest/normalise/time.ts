import { limits } from '../../model/limits.ts';

/** How the time of a reading was settled. Skew is device clock minus receive time. */
export interface SettledTime {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Whether `time` is the device's own. */
  readonly trusted: boolean;
  /** Absent where the device gave no time. */
  readonly skewMs?: number;
}

export interface TimePolicy {
  readonly pastMaxMs: number;
  readonly futureMaxMs: number;
}

export const defaultTimePolicy: TimePolicy = {
  pastMaxMs: limits.timePastMaxMs,
  futureMaxMs: limits.timeFutureMaxMs,
};

/** Device time when it is plausible, else receive time: 1970, year 0001 and the far future are not. */
export const settleTime = (
  deviceTime: number | undefined,
  receivedAt: number,
  policy: TimePolicy = defaultTimePolicy,
): SettledTime => {
  if (deviceTime === undefined || !Number.isFinite(deviceTime)) return { time: receivedAt, trusted: false };
  const skewMs = deviceTime - receivedAt;
  const trusted = skewMs <= policy.futureMaxMs && -skewMs <= policy.pastMaxMs;
  return { time: trusted ? Math.trunc(deviceTime) : receivedAt, trusted, skewMs };
};
