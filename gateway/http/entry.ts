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

/** An entry without its age, which only holds for the moment of an answer. */
export const describeEntry = (entry: LiveEntry, silent: boolean): Entry => ({
  device: entry.device,
  kind: entry.kind,
  zone: entry.zone,
  measurement: entry.measurement,
  tags: entry.tags,
  fields: entry.fields,
  units: unitsOf(entry.measurement, entry.fields),
  ...(entry.time === undefined ? {} : { time: formatInstant(entry.time) }),
  state: silent ? 'unknown' : 'live',
});

/** The same with its age in tenths of a second; a reading of a clock that runs ahead is 0 s old. */
export const describeAgedEntry = (entry: LiveEntry, silent: boolean, now: number): Entry => {
  const { state, ...rest } = describeEntry(entry, silent);
  if (entry.time === undefined) return { ...rest, state };
  return { ...rest, ageS: Math.max(0, Math.round((now - entry.time) / 100) / 10), state };
};

const unitsOf = (measurement: MeasurementName, fields: Fields): Record<string, string> => {
  const units: Record<string, string> = {};
  for (const field of Object.keys(fields)) units[field] = fieldOf(measurement, field)?.unit ?? '1';
  return units;
};
