import { LocalTime } from '../kpi/local-time.ts';
import { systemClock } from '../model/clock.ts';
import { ApertoError } from '../model/errors.ts';
import type { Site } from '../model/site.ts';

/** @throws ApertoError `usage` for a month of which there can be no figures yet */
export const requireBegun = (site: Site, month: string, option: string): void => {
  const { from } = new LocalTime(site.timezone).month(month);
  if (from > systemClock.now())
    throw new ApertoError('usage', `${option} ${month}: has not begun; take an earlier month`);
};
