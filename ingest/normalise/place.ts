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

/** The site's tags and the reading's own. A probe that names no target asked the one of the site file. */
export const placeTags = (site: Site, device: Device, { measurement, tags }: Reading): Tags => {
  const key = keyOf(measurement, tags);
  const series = placed.get(device) ?? new Map<string, Tags>();
  placed.set(device, series);
  const known = series.get(key);
  if (known !== undefined) return known;
  const place = { site: site.id, zone: device.zone, device: device.id };
  const target = measurement === 'probe' ? { target: device.target ?? 'internet' } : {};
  const made = { ...place, ...target, ...tags };
  if (series.size < seriesPerDeviceMax) series.set(key, made);
  return made;
};

const keyOf = (measurement: MeasurementName, tags: Tags): string => {
  let key: string = measurement;
  for (const tag in tags) key += `\u0000${tag}\u0000${tags[tag]}`;
  return key;
};
