import { last } from './expression.ts';
import { query, unitOf } from './query.ts';
import { select } from './select.ts';
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
