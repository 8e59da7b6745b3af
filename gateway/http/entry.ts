import { z } from 'zod';
import type { LiveEntry } from '../../ingest/live.ts';
import { fieldOf, type MeasurementName, measurementNames } from '../../model/measurements.ts';
import type { Fields } from '../../model/point.ts';
import { placedKinds } from '../../model/topic.ts';
import { formatInstant } from './instant.ts';

/** What is known now of one series of one device, as clients see it. */
export const entrySchema = z
  .object({
    device: z.string(),
    kind: z.enum(placedKinds),
    zone: z.string(),
    measurement: z.enum(measurementNames),
    tags: z
      .record(z.string(), z.string())
      .describe("The measurement's own tags, such as phase, band, target."),
    fields: z
      .record(z.string(), z.number())
      .describe('Latest value of each field; a field that was never reported is absent.'),
    units: z.record(z.string(), z.string()).describe('Unit of each field.'),
    time: z.iso.datetime().optional().describe('Of the newest reading; absent when there never was one.'),
    ageS: z.number().min(0).optional().describe('Seconds since then, at the time of the answer.'),
    state: z
      .enum(['live', 'unknown'])
      .describe('"unknown" when the device has been silent for too long: no data is not zero.'),
  })
  .meta({ id: 'Entry', description: 'The latest of one series of one device.' });
export type Entry = z.infer<typeof entrySchema>;

/**
 * Describes an entry; what is undefined is absent once it is JSON.
 * @param now to tell the age with, in tenths of a second, 0 for a clock that runs ahead; without it there is no age
 */
export const describeEntry = (entry: LiveEntry, silent: boolean, now?: number): Entry => {
  const { device, kind, zone, measurement, tags, fields, time } = entry;
  return {
    device,
    kind,
    zone,
    measurement,
    tags,
    fields,
    units: unitsOf(measurement, fields),
    time: time === undefined ? undefined : formatInstant(time),
    ageS:
      time === undefined || now === undefined ? undefined : Math.max(0, Math.round((now - time) / 100) / 10),
    state: silent ? 'unknown' : 'live',
  };
};

const unitsOf = (measurement: MeasurementName, fields: Fields): Record<string, string> => {
  const units: Record<string, string> = {};
  for (const field of Object.keys(fields)) units[field] = fieldOf(measurement, field)?.unit ?? '1';
  return units;
};
