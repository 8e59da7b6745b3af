import type { Site } from '../api/types.ts';
import type { SiteTime } from '../text/format.ts';
import { language, t } from '../text/text.ts';

type Hours = Pick<Site, 'opening_hours'> & { readonly closed: Site['calendar']['closed'] };

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Whether the place is open, in words. Times of day are written alike, so they compare as text. */
export const openingText = ({ opening_hours, closed }: Hours, time: SiteTime, now: number): string => {
  const { weekday, time: clock, date } = time.parts(now);
  const holiday = closed.find((day) => day.date === date);
  if (holiday !== undefined) return t.now.opening.closedFor(holiday.name[language]);
  const day = days[weekday - 1];
  const today = day === undefined ? [] : (opening_hours[day] ?? []);
  const open = today.find(([opens, closes]) => opens <= clock && clock < closes);
  if (open !== undefined) return t.now.opening.open(open[1]);
  const later = today.find(([opens]) => clock < opens);
  return later === undefined ? t.now.opening.closed : t.now.opening.opens(later[0]);
};
