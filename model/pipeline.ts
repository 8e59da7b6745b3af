import { counter, defineMeasurement, float, integer } from './measurement.ts';

/** Three years of 100,000 messages a second; sums of hundreds of such figures are still exact. */
const most = 1e13;

const messages = (description: string) =>
  integer('1', 0, most, `Messages ${description}, since the books were opened.`, counter);

/** What an ingest knows of itself. Its device is the ingest's own name, and it has no zone. */
export const pipeline = defineMeasurement({
  name: 'pipeline',
  description: 'How messages get through an ingest of Aperto, by its own books, once a minute.',
  tags: { version: undefined },
  fields: {
    received: messages('that came in'),
    stored: messages('of which the store has all points'),
    duplicate: messages('that were accepted before, word for word'),
    quarantined: messages('that could not become a reading'),
    refused: messages('that were not taken'),
    waiting: integer('1', 0, most, 'Messages on their way to the store.'),
    imbalance: integer(
      '1',
      -most,
      most,
      'Messages that the books cannot account for; anything but 0 is a fault of Aperto.',
    ),
    lag_s: float('s', 0, 1e10, 'For how long the oldest message on its way has waited.'),
    spool_bytes: integer('B', 0, most, 'Size of the spool on disk.'),
    spool_pct: float('%', 0, 100, 'The same, of what it may have.'),
    accept_ms: float(
      'ms',
      0,
      1e10,
      'From the door until durable, mean of the commits since the last report.',
    ),
    accept_max_ms: float('ms', 0, 1e10, 'The longest of them.'),
    write_ms: float('ms', 0, 1e10, 'One write to the store, mean of those since the last report.'),
    write_max_ms: float('ms', 0, 1e10, 'The longest of them.'),
    points: integer('1', 0, most, 'Points given to the store since this start.', counter),
    strangers: integer('1', 0, most, 'Devices that were heard and have no place in a site file.'),
    uptime_s: float('s', 0, 1e10, 'Time since this start.'),
  },
});
