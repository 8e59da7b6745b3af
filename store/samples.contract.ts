import type { MeasurementName } from '../model/measurements.ts';
import type { Fields, Point, Tags } from '../model/point.ts';
import type { RangeQuery, Series, Store } from './store.ts';

/** A whole hour, so that windows are easy to read. */
export const start = Date.UTC(2026, 5, 23, 8);
export const minute = 60_000;
export const hour = 60 * minute;

let sites = 0;
/** A site that no other test writes to. */
export const newSite = (): string => `site-${++sites}`;

export const seatTags = (site: string, device = 'S01', zone = 'north'): Tags => ({
  site,
  zone,
  device,
  kind: 'seat',
});

export const weatherTags = (site: string, device = 'W1', zone = 'mast'): Tags => ({ site, zone, device });

export const pointAt = (measurement: MeasurementName, tags: Tags, time: number, fields: Fields): Point => ({
  measurement,
  tags,
  fields,
  time,
});

/** Air temperatures of one mast, a minute apart from `start`. */
export const temperatures = (site: string, values: readonly number[], device = 'W1'): Point[] =>
  values.map((temperature_c, index) =>
    pointAt('weather', weatherTags(site, device), start + index * minute, { temperature_c }),
  );

export const temperatureQuery = (site: string, changes: Partial<RangeQuery> = {}): RangeQuery => ({
  measurement: 'weather',
  field: 'temperature_c',
  from: start,
  to: start + hour,
  tags: { site },
  limit: 1_000,
  ...changes,
});

/** All of one field of a measurement on a site, whatever the time. */
export const everything = async (
  store: Store,
  measurement: MeasurementName,
  field: string,
  site: string,
): Promise<readonly Series[]> => {
  const page = await store.range({ measurement, field, from: 0, to: 4e12, tags: { site }, limit: 100_000 });
  return page.series;
};
