import { Point as InfluxPoint } from '@influxdata/influxdb-client';
import { fieldOf, type StoredName } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';

/** A point that passed the store's check as one line of line protocol, time in milliseconds. */
export const toLine = ({ measurement, tags, fields, time }: Point<StoredName>): string => {
  const point = new InfluxPoint(measurement).timestamp(String(time));
  for (const name in tags) {
    const value = tags[name];
    if (value !== undefined && value !== '') point.tag(name, value);
  }
  for (const name in fields) {
    const value = fields[name];
    if (fieldOf(measurement, name)?.type === 'integer') point.intField(name, value);
    else point.floatField(name, value);
  }
  return point.toLineProtocol() ?? '';
};
