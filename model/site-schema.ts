import { z } from 'zod';
import { bands } from './access-point.ts';
import { figureSettings } from './figure-settings.ts';
import { savingsAssumptions } from './savings.ts';
import { identifierPattern } from './topic.ts';

const id = z
  .string()
  .regex(
    identifierPattern,
    'an identifier has letters, digits, "-" and "_", at most 64, and starts with a letter or digit',
  );
const text = z.strictObject({ it: z.string().min(1), en: z.string().min(1) });
/** A place on the plan: metres from its lower left corner, x along the street, y across it. */
const place = z.tuple([z.number(), z.number()]);
const timeOfDay = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day is written "08:00", the end of it "24:00"');
const date = z.iso.date();
const seconds = z
  .number()
  .int()
  .min(10)
  .max(7 * 24 * 3600);
const period = z
  .number()
  .int()
  .min(1)
  .max(24 * 3600);
const price = z.number().min(0).max(10);

const knowsTimeZone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
const timeZone = z
  .string()
  .refine(knowsTimeZone, 'unknown time zone; write an IANA name such as "Europe/Rome"');

const source = z
  .string()
  .regex(/^[^\s\p{Cc}#+]{1,200}$/u, 'an identity has no spaces, "#" or "+", and at most 200 characters');
/**
 * What the device calls itself where it does not speak Aperto's own format: the identity that `aperto devices list`
 * shows, e.g. `shellypro3em-0c8b95a1b2c4` or `24e124767f020849/line_2`. Several where one place has several devices.
 */
const sources = z.union([source.transform((one) => [one]), z.array(source).min(1).max(16)]).optional();

const placed = { id, zone: id, at: place, source: sources };
const days = z.number().int().min(1).max(36_500);
const hours = z
  .array(
    z
      .tuple([timeOfDay, timeOfDay])
      .refine(([opens, closes]) => opens < closes, 'it opens before it closes, on the same day'),
  )
  .max(4);

export const siteSchema = z.strictObject({
  id,
  name: z.string().min(1),
  city: z.string().min(1),
  timezone: timeZone,
  location: z.strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  plan: z.strictObject({ width_m: z.number().positive(), height_m: z.number().positive() }),
  zones: z
    .array(
      z.strictObject({
        id,
        name: text,
        /** Corners of the zone on the plan. */
        area: z.array(place).min(3),
        /** People that the zone is meant for. */
        capacity: z.number().int().positive(),
      }),
    )
    .min(1)
    .max(1_000),
  seats: z.array(z.strictObject(placed)).max(20_000),
  counters: z.array(z.strictObject(placed)).max(2_000),
  access_points: z.array(z.strictObject({ ...placed, bands: z.array(z.enum(bands)).min(1) })).max(2_000),
  probes: z
    .array(
      z.strictObject({ ...placed, access_point: id, target: z.string().regex(/^[A-Za-z0-9.:_-]{1,64}$/) }),
    )
    .max(2_000),
  meters: z
    .array(
      z.strictObject({
        ...placed,
        name: text,
        /** `feed` is the whole site; `circuit` a part of it; `generation` is under the feed and may export. */
        role: z.enum(['feed', 'circuit', 'generation']),
        phases: z
          .array(z.enum(['a', 'b', 'c']))
          .min(1)
          .max(3),
      }),
    )
    .max(2_000),
  weather: z.array(z.strictObject(placed)).max(100),
  /** A device that says nothing for longer than this is unknown. */
  max_silence_s: z.strictObject({
    seat: seconds,
    counter: seconds,
    'access-point': seconds,
    probe: seconds,
    meter: seconds,
    weather: seconds,
  }),
  /** How often a device reports; where absent, nobody can say how many reports are missing. */
  report_every_s: z
    .partialRecord(z.enum(['seat', 'counter', 'access-point', 'probe', 'meter', 'weather']), period)
    .optional(),
  /**
   * For how many days what is stored is kept; what is absent has its default, or stays for ever. Windows are made
   * before the points under them are deleted.
   */
  retention: z
    .strictObject({
      /** What devices said. Default 30. */
      raw_days: days.optional(),
      /** Windows of a minute. Default 365. */
      rollup_1m_days: days.optional(),
      rollup_15m_days: days.optional(),
      rollup_1h_days: days.optional(),
      rollup_1d_days: days.optional(),
    })
    .optional(),
  /** When the place is open, local time, by weekday. An absent day is closed. */
  opening_hours: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), hours),
  calendar: z.strictObject({
    closed: z.array(z.strictObject({ date, name: text })).max(1_000),
    events: z
      .array(z.strictObject({ date, name: text, expected_people: z.number().int().positive() }))
      .max(1_000),
  }),
  /** Energy prices, the latest `from` that is not after a day counts. */
  tariff: z
    .array(
      z.strictObject({
        from: date,
        currency: z.literal('EUR'),
        /** Price per kWh taken in the Italian time bands F1, F2, F3. */
        import_per_kwh: z.strictObject({ f1: price, f2: price, f3: price }),
        export_per_kwh: price,
        fixed_per_month: z.number().min(0),
        contracted_power_kw: z.number().positive(),
      }),
    )
    .min(1),
  figures: figureSettings.optional(),
  /** What savings are reckoned from; without it there are none. */
  savings: savingsAssumptions.optional(),
});

/** A site file as written: YAML or JSON of this shape. */
export type SiteFile = z.infer<typeof siteSchema>;
