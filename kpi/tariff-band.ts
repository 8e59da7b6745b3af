import { isBillingHoliday } from './holidays.ts';
import type { LocalTime } from './local-time.ts';

export const tariffBands = ['f1', 'f2', 'f3'] as const;
export type TariffBand = (typeof tariffBands)[number];

/**
 * The Italian time band of an instant, local time (ARERA, delibera 181/06): F1 Monday to Friday 08–19; F2 Monday to
 * Friday 07–08 and 19–23, Saturday 07–23; F3 all else, Sundays and holidays the whole day.
 */
export const tariffBandAt = (local: LocalTime, time: number): TariffBand => {
  const { day, hour } = local.at(time);
  if (day.weekday === 7 || hour < 7 || hour >= 23 || isBillingHoliday(day.date)) return 'f3';
  if (day.weekday === 6) return 'f2';
  return hour >= 8 && hour < 19 ? 'f1' : 'f2';
};
