import { type Calendar, type Day, hourMs, type Interval, minuteMs } from './calendar.ts';
import type { Seed } from './random.ts';

/** What goes wrong with an access point, or is done to it. */
export interface Incident extends Interval {
  readonly kind: 'interference' | 'dhcp' | 'slow-uplink' | 'restart';
}

/** A restart takes this long; meanwhile the access point says nothing and its probe gets no answer. */
const restartMs = 150_000;
/** Access points are restarted on Mondays at four, one after the other. */
const maintenanceHour = 4;

/** Share of days on which an access point has such an hour. */
const chances = { interference: 0.06, dhcp: 0.035, 'slow-uplink': 0.02, restart: 0.02 } as const;

/** An access point's bad hours of one day, in working hours where there are any, and its weekly restart. */
export const incidentsOf = (accessPoint: string, day: Day, seed: Seed): readonly Incident[] => {
  const random = seed.random('incidents', accessPoint, day.index);
  const hours = day.open[0] ?? { from: day.start + 9 * hourMs, to: day.start + 19 * hourMs };
  const incidents: Incident[] = [];
  for (const kind of ['interference', 'dhcp', 'slow-uplink', 'restart'] as const) {
    const happens = random.chance(chances[kind]);
    const from = Math.round(random.between(hours.from, hours.to));
    const lastsMs = kind === 'restart' ? restartMs : Math.round(random.between(0.5, 1.6) * hourMs);
    if (happens) incidents.push({ kind, from, to: Math.min(from + lastsMs, day.end) });
  }
  if (day.weekday === 1) {
    const from = day.start + maintenanceHour * hourMs + random.index(20) * minuteMs;
    incidents.push({ kind: 'restart', from, to: from + restartMs });
  }
  return incidents;
};

/** When the access point last came up, and the day of that; `undefined` while it is down. */
export const lastStart = (
  calendar: Calendar,
  time: number,
  incidentsOn: (dayIndex: number) => readonly Incident[],
): { readonly time: number; readonly day: Day } | undefined => {
  for (let day = calendar.at(time), days = 0; days <= 8; day = calendar.day(day.index - 1), days++) {
    const restarts = incidentsOn(day.index).filter(({ kind, from }) => kind === 'restart' && from <= time);
    const latest = restarts.toSorted((a, b) => b.to - a.to)[0];
    if (latest === undefined) continue;
    return latest.to > time ? undefined : { time: latest.to, day };
  }
  return undefined;
};
