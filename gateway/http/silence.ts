import type { LiveEntry } from '../../ingest/live.ts';
import { seriesKey } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';

/** Identity of an entry's series over all sites. */
export const keyOf = ({ measurement, site, zone, device, tags }: LiveEntry): string =>
  seriesKey(measurement, { ...tags, site, zone, device });

/**
 * True when there never was a reading, or the newest is older than its site allows: the state is unknown. The
 * reading's own time counts, so that a back-filled yesterday does not pass for today.
 */
export const isSilent = (entry: LiveEntry, site: Site, now: number): boolean => {
  const maxSilenceMs = site.devices.get(entry.device)?.maxSilenceMs ?? 0;
  return entry.time === undefined || now - entry.time > maxSilenceMs;
};
