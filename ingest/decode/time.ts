import { Temporal } from 'temporal-polyfill';

/** Seconds since 1970, with a fraction perhaps, to epoch milliseconds; `undefined` where it is no number. */
export const fromEpochSeconds = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? Math.round(value * 1_000) : undefined;

/** Milliseconds since 1970; `undefined` where it is no number. */
export const fromEpochMs = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : undefined;

const withOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)$/i;
const withoutOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

/**
 * A date and time as ISO 8601 writes it to epoch milliseconds; fractions finer than a millisecond are cut.
 * Without an offset it is local time of `timezone`: of two equal hours at the end of summer time the first is meant.
 * `undefined` where the text is no such time.
 */
export const fromIso = (value: unknown, timezone: string): number | undefined => {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = value.trim();
  try {
    if (withOffset.test(text)) return Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds;
    if (withoutOffset.test(text)) {
      return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(timezone).epochMilliseconds;
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return undefined;
};
