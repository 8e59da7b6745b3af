import { limits } from '../../model/limits.ts';
import type { MeasurementName } from '../../model/measurements.ts';
import type { Point, Reading, Tags } from '../../model/point.ts';
import type { Device, Site } from '../../model/site.ts';

/**
 * Tags of each series, made once: the same object for all points of a series, so that what follows can remember
 * what it worked out from it.
 */
const placed = new WeakMap<Device, Map<string, Tags>>();

/**
 * The site's tags and the reading's own, which win; `undefined` where the device has as many series as it may. A probe
 * may name any target, and what it names is kept by the store for ever.
 */
export const placeTags = (site: Site, device: Device, { measurement, tags }: Reading): Tags | undefined => {
  const key = keyOf(measurement, tags);
  const series = placed.get(device) ?? new Map<string, Tags>();
  placed.set(device, series);
  const known = series.get(key);
  if (known !== undefined) return known;
  if (series.size >= limits.seriesPerDeviceMax) return undefined;
  const place = { site: site.id, zone: device.zone, device: device.id };
  const made = { ...place, ...ownTags(device, measurement), ...tags };
  series.set(key, made);
  return made;
};

/** Counts a series that the store has already, so that a start gives no device room for as many again. */
export const notePlaced = (site: Site, { measurement, tags }: Point<MeasurementName>): void => {
  const { site: _site, zone: _zone, device: id = '', kind: _kind, ...own } = tags;
  const device = site.devices.get(id);
  if (device !== undefined) placeTags(site, device, { device: id, measurement, tags: own, fields: {} });
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
