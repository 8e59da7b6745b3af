import type { FieldName } from '../../model/measurements.ts';
import { count, last, max, minus, sum } from './expression.ts';
import { query, unitOf } from './query.ts';
import { select, selectFrom } from './select.ts';
import { chosen, place } from './variable.ts';

/**
 * How long ago each device of the chosen zones was heard, in s, by the gateway's own books: a silent device writes
 * nothing itself, but this keeps growing. Narrowed to seats where some are chosen.
 */
export const lastSeen = () =>
  query(
    select('device_health', {
      columns: { age: last('last_seen_age_s') },
      where: { ...place, device: chosen('seat') },
      by: ['device'],
    }),
    { age: unitOf('device_health', 'last_seen_age_s') },
  );

const devices = { ...place, device: chosen('device') } as const;

type HealthField = FieldName<'device_health'>;

/** The last word of each chosen device on one of its conditions, in the field's unit; absent where it tells none. */
export const healthOfEach = (field: HealthField) =>
  query(select('device_health', { columns: { value: last(field) }, where: devices, by: ['device'] }), {
    value: unitOf('device_health', field),
  });

/** The longest silence of a chosen device, in s. */
export const longestSilence = () =>
  query(
    selectFrom(
      select('device_health', { columns: { age: last('last_seen_age_s') }, where: devices, by: ['device'] }),
      { columns: { longest: max('age') } },
    ),
    { longest: unitOf('device_health', 'last_seen_age_s') },
  );

/** Chosen devices of which the gateway's books know. */
export const devicesKnown = () =>
  query(
    selectFrom(
      select('device_health', { columns: { age: last('last_seen_age_s') }, where: devices, by: ['device'] }),
      { columns: { known: count('age') } },
    ),
    { known: 'devices' },
  );

/** Chosen devices whose clock was last not believed. */
export const clocksDistrusted = () =>
  query(
    selectFrom(
      select('device_health', {
        columns: { trusted: last('clock_trusted') },
        where: devices,
        by: ['device'],
      }),
      { columns: { distrusted: minus(count('trusted'), sum('trusted')) } },
    ),
    { distrusted: 'devices' },
  );

/** A condition of each chosen device, the worst of a window, in the field's unit. */
export const healthPeak = (field: HealthField) =>
  query(
    select('device_health', {
      columns: { value: max(field) },
      where: devices,
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('device_health', field) },
  );
