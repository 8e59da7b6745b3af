import type { MeasurementName } from '../../model/measurements.ts';
import type { Reading, Tags } from '../../model/point.ts';
import type { Device, Site } from '../../model/site.ts';

/** Series of one device that are remembered; a device that makes up more of them is merely slower. */
const seriesPerDeviceMax = 256;

/**
 * Tags of each series, made once: the same object for all points of a series, so that what follows can remember
 * what it worked out from it.
 */
const placed = new WeakMap<Device, Map<string, Tags>>();

/** The site's tags and the reading's own, which win. */
export const placeTags = (site: Site, device: Device, { measurement, tags }: Reading): Tags => {
  const key = keyOf(measurement, tags);
  const series = placed.get(device) ?? new Map<string, Tags>();
  placed.set(device, series);
  const known = series.get(key);
  if (known !== undefined) return known;
  const place = { site: site.id, zone: device.zone, device: device.id };
  const made = { ...place, ...ownTags(device, measurement), ...tags };
  if (series.size < seriesPerDeviceMax) series.set(key, made);
  return made;
};

/** What a vendor's reading cannot know: what sort of place it stands at, what a probe asks. */
const ownTags = ({ kind, target }: Device, measurement: MeasurementName): Tags => {
  if (measurement === 'occupancy') return { kind: kind === 'seat' ? 'seat' : 'counter' };
  return measurement === 'probe' ? { target: target ?? 'internet' } : {};
};

const keyOf = (measurement: MeasurementName, tags: Tags): string => {
  let key: string = measurement;
  for (const tag in tags) key += `\u0000${tag}\u0000${tags[tag]}`;
  return key;
};
