import { Temporal } from 'temporal-polyfill';

const dayMs = 24 * 3600 * 1000;

/**
 * Length of an ISO 8601 duration in milliseconds, or `undefined` where it has none that is fixed and positive:
 * months and years differ in length. A day is 24 hours, as the store's windows are in UTC.
 */
export const parseDuration = (text: string): number | undefined => {
  let duration: Temporal.Duration;
  try {
    duration = Temporal.Duration.from(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  if (duration.years !== 0 || duration.months !== 0 || duration.sign <= 0) return undefined;
  return duration.weeks * 7 * dayMs + duration.with({ weeks: 0 }).total('milliseconds');
};
