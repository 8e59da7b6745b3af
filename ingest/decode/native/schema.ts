import { z } from 'zod';
import { accessPoint, bands, radio } from '../../../model/access-point.ts';
import { deviceHealth } from '../../../model/device-health.ts';
import type { FieldDefinition } from '../../../model/measurement.ts';
import { occupancy } from '../../../model/occupancy.ts';
import { power } from '../../../model/power.ts';
import { probe } from '../../../model/probe.ts';
import type { Kind } from '../../../model/topic.ts';
import { weather } from '../../../model/weather.ts';

type FieldSet = Readonly<Record<string, FieldDefinition>>;

/** A field of the model as a payload key: same limits, and yes/no fields are JSON booleans. */
const toSchema = (field: FieldDefinition): z.ZodType<number | boolean> => {
  const described = `${field.description} Unit: ${field.unit}.`;
  if (field.unit === 'bool') return z.boolean().describe(described);
  const number = z.number().min(field.min).max(field.max);
  return (
    field.type === 'integer' ? number.refine(Number.isInteger, 'expected a whole number') : number
  ).describe(described);
};

const shapeOf = (fields: FieldSet, names: readonly string[] = Object.keys(fields)) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const field = fields[name];
      return field === undefined ? [] : [[name, toSchema(field).optional()]];
    }),
  );

/** Device time: RFC 3339 with an offset, or epoch milliseconds. */
const time = z
  .union([z.int(), z.iso.datetime({ offset: true })])
  .describe('Device time: RFC 3339 with an offset, or milliseconds since 1970-01-01T00:00:00Z.');

/** What any device may say about itself beside its readings; an access point has its uptime of its own. */
export const healthNames: readonly string[] = [
  'battery_pct',
  'battery_v',
  'signal_dbm',
  'snr_db',
  'link_quality',
  'uptime_s',
];
const health = shapeOf(deviceHealth.fields, healthNames);
const statusNames = [...healthNames, 'last_seen_age_s', 'online'];

const payload = (shape: Record<string, z.ZodType>) => z.strictObject({ t: time.optional(), ...shape });

const part = (fields: FieldSet) => z.strictObject(shapeOf(fields)).optional();
const target = z
  .string()
  .regex(/^[A-Za-z0-9.:_-]{1,64}$/)
  .refine((target) => !/^(?:[0-9a-f]{2}[:-]?){6,8}$/i.test(target), 'a hardware address is no target')
  .optional()
  .describe('What was probed; the one of the site file where absent.');

/** The payload of each kind of native device, generated from the model. */
export const nativeSchemas = {
  seat: payload({ ...health, ...shapeOf(occupancy.fields, ['occupied', 'people', 'dwell_s']) }),
  counter: payload({
    ...health,
    ...shapeOf(occupancy.fields, ['people', 'in_total', 'out_total', 'dwell_s']),
  }),
  'access-point': payload({
    ...shapeOf(accessPoint.fields),
    radios: z.strictObject(Object.fromEntries(bands.map((band) => [band, part(radio.fields)]))).optional(),
  }),
  probe: payload({ ...health, target, ...shapeOf(probe.fields) }),
  meter: payload({
    ...health,
    ...shapeOf(power.fields),
    phases: z
      .strictObject({ a: part(power.fields), b: part(power.fields), c: part(power.fields) })
      .optional(),
  }),
  weather: payload({ ...health, ...shapeOf(weather.fields) }),
  status: payload(shapeOf(deviceHealth.fields, statusNames)),
} as const satisfies Record<Kind, z.ZodType>;

/** The native contract as JSON Schema 2020-12, one document a kind. */
export const nativeJsonSchema = (kind: Kind): z.core.JSONSchema.BaseSchema =>
  z.toJSONSchema(nativeSchemas[kind], { target: 'draft-2020-12' });
