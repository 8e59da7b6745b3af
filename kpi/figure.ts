import type { KpiId } from './kpis.ts';

/** A stretch of time, [from, to), epoch milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What a row speaks about: `zone`, `seat`, `cause`, `statistic` … and their values. */
export type ByKeys = Readonly<Record<string, string>>;

/** Why there is no number. */
export const reasons = {
  no_data: 'nothing was heard in this window',
  low_coverage: 'less of this window is known than the site asks for',
  no_users: 'nobody used it in this window',
  no_sessions: 'no session began in this window',
  no_load: 'no power to speak of was taken in this window',
  never_empty: 'somebody was there all the time',
  not_measured: 'no device here measures it',
  no_reset: 'no reset hour lies in this window',
  no_tariff: 'the site file has no tariff for this window',
  no_assumptions: 'the site file states no assumptions',
  few_seats: 'a group of so few seats is not told of in public',
} as const;
export type Reason = keyof typeof reasons;

/** One published figure. `value` is absent exactly where `reason` stands. */
export interface Figure {
  readonly kpi: KpiId;
  readonly unit: string;
  readonly window: Window;
  readonly by: ByKeys;
  readonly value?: number;
  /** Minutes whose state is known, a mean over the devices of a group; never above the minutes of the window. */
  readonly validMinutes: number;
  /** Valid ÷ elapsed, 0 to 1. */
  readonly coverage: number;
  readonly reason?: Reason;
}

/** The known time behind a figure: of all its devices together. */
export interface Known {
  readonly validMs: number;
  /** Elapsed time multiplied by the devices that were expected to speak; at least one device. */
  readonly elapsedMs: number;
  /** How many devices that is; 1 where absent. */
  readonly devices?: number;
}

export interface FigureOf {
  readonly kpi: KpiId;
  readonly unit: string;
  readonly window: Window;
  readonly by?: ByKeys;
  readonly known: Known;
  /** Below this share of known time there is a reason and no number; 0 where silence is what the figure tells. */
  readonly coverageMin: number;
  /** A number, or why there is none. */
  readonly value: number | Reason;
}

/** Puts a value into its form: no number without enough known time behind it. */
export const figureOf = ({ kpi, unit, window, by = {}, known, coverageMin, value }: FigureOf): Figure => {
  const { validMs, elapsedMs, devices = 1 } = known;
  const coverage = elapsedMs > 0 ? validMs / elapsedMs : 0;
  const form = { kpi, unit, window, by, validMinutes: validMs / devices / 60_000, coverage };
  if (validMs <= 0 && coverageMin > 0) return { ...form, reason: 'no_data' };
  if (coverage < coverageMin) return { ...form, reason: 'low_coverage' };
  return typeof value === 'number' ? { ...form, value } : { ...form, reason: value };
};
