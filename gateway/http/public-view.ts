import { z } from 'zod';
import type { LiveEntry } from '../../ingest/live.ts';
import { withheldGroups } from '../../kpi/anonymity.ts';
import { settingsOf } from '../../kpi/settings.ts';
import type { Site } from '../../model/site.ts';
import { siteSchema } from '../../model/site-schema.ts';
import { formatInstant } from './instant.ts';
import { isSilent } from './silence.ts';

const count = z.int().min(0);
const { zones, opening_hours, calendar, location } = siteSchema.shape;

const seatCounts = {
  seats: count,
  free: count.optional().describe('Absent where the group is too small to tell of.'),
  taken: count.optional(),
  unknown: count.optional().describe('Silent for too long: neither free nor taken.'),
};
export const wifiStates = ['good', 'busy', 'partly', 'down', 'unknown'] as const;
const share = z.number().min(0).max(1);

export const publicViewSchema = z
  .object({
    site: z.string(),
    name: z.string(),
    city: z.string(),
    timezone: z.string(),
    location,
    opening_hours,
    closed: calendar.shape.closed,
    time: z.iso.datetime().describe('Of this answer.'),
    seats: z.object(seatCounts),
    zones: z.array(z.object({ id: z.string(), name: zones.element.shape.name, ...seatCounts })),
    usual: z.object({
      weekday: z.int().min(1).max(7).describe('Local, Monday is 1.'),
      hour: z.int().min(0).max(23).describe('Local.'),
      hours: z
        .array(z.object({ hour: z.int().min(0).max(23), occupied: share.optional() }))
        .describe(
          'Share of time in which seats are taken on this weekday, over four weeks; absent where too little is known.',
        ),
    }),
    weather: z
      .record(z.string(), z.number())
      .describe('Latest fields of the mast; empty where it is silent.'),
    wifi: z.object({ state: z.enum(wifiStates), accessPoints: count, up: count }),
  })
  .meta({ id: 'PublicView', description: 'What anybody may know of a site now.' });
export type PublicView = z.output<typeof publicViewSchema>;

type Counts = Pick<PublicView['seats'], 'seats' | 'free' | 'taken' | 'unknown'>;

const countSeats = (entries: readonly LiveEntry[], isKnown: (entry: LiveEntry) => boolean): Counts => {
  const known = entries.filter((entry) => isKnown(entry) && entry.fields.occupied !== undefined);
  const taken = known.filter(({ fields }) => fields.occupied === 1).length;
  return {
    seats: entries.length,
    free: known.length - taken,
    taken,
    unknown: entries.length - known.length,
  };
};

/** From here on a channel has little room; the limit of the service level for capacity. */
const busyPct = 70;

const wifiOf = (
  entries: readonly LiveEntry[],
  isKnown: (entry: LiveEntry) => boolean,
): PublicView['wifi'] => {
  const accessPoints = entries.filter(({ measurement }) => measurement === 'access_point');
  const up = accessPoints.filter(isKnown).length;
  const all = accessPoints.length;
  const isBusy = entries.some(
    (entry) =>
      entry.measurement === 'radio' && isKnown(entry) && (entry.fields.utilization_pct ?? 0) >= busyPct,
  );
  const isSilentAtAll = accessPoints.every(({ time }) => time === undefined);
  const state = isSilentAtAll
    ? 'unknown'
    : up === 0
      ? 'down'
      : up < all
        ? 'partly'
        : isBusy
          ? 'busy'
          : 'good';
  return { state, accessPoints: all, up };
};

/** The live part: everything but what is usual. Groups of fewer seats than the site's k have no numbers. */
export const describePublic = (
  site: Site,
  entries: readonly LiveEntry[],
  now: number,
): Omit<PublicView, 'usual'> => {
  const isKnown = (entry: LiveEntry): boolean => !isSilent(entry, site, now);
  const seats = entries.filter(({ kind, measurement }) => kind === 'seat' && measurement === 'occupancy');
  const { publicSeatsMin } = settingsOf(site);
  const byZone = site.zones.map((zone) => ({
    zone,
    entries: seats.filter((entry) => entry.zone === zone.id),
  }));
  const groups = byZone.map((group) => ({ id: group.zone.id, seats: group.entries.length }));
  const withheld = withheldGroups(groups, publicSeatsMin);
  const mast = entries.find((entry) => entry.measurement === 'weather' && isKnown(entry));
  return {
    site: site.id,
    name: site.name,
    city: site.city,
    timezone: site.timezone,
    location: site.location,
    opening_hours: site.opening_hours,
    closed: site.calendar.closed,
    time: formatInstant(now),
    seats: seats.length < publicSeatsMin ? { seats: seats.length } : countSeats(seats, isKnown),
    zones: byZone.map(({ zone: { id, name }, entries: own }) => ({
      id,
      name,
      ...(withheld.has(id) ? { seats: own.length } : countSeats(own, isKnown)),
    })),
    weather: { ...mast?.fields },
    wifi: wifiOf(entries, isKnown),
  };
};
