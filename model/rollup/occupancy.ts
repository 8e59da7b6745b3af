import { defineMeasurement } from '../measurement.ts';
import { numbered, part, validMs } from './fields.ts';

export const seatRollup = defineMeasurement({
  name: 'seat',
  description: 'A seat in a window. Time occupancy is occupied_ms over valid_ms; both add up over seats.',
  tags: {},
  fields: {
    valid_ms: validMs,
    occupied_ms: part('ms', 'Time of it in which the seat is taken.'),
    people_ms: part('ms', 'People at the seat multiplied by the time that they were there.'),
    people_peak: part('persons', 'Most people at the seat at one time.'),
  },
});

const dwells = [1, 2, 3, 4, 5, 6, 7, 8];

export const sessionRollup = defineMeasurement({
  name: 'session',
  description: 'The sessions of a seat that begin in a window, at their whole length.',
  tags: {},
  fields: {
    sessions: part('1', 'Sessions that begin in the window.'),
    dwell_ms: part('ms', 'Their lengths together.'),
    ...numbered(dwells, 'dwell_', '_ms', () => part('ms', 'A dwell.')),
  },
});

export const presenceRollup = defineMeasurement({
  name: 'presence',
  description: 'The people of a zone, or of the whole site where zone is empty, seen together. No device.',
  tags: { source: ['seats', 'counters'] },
  fields: {
    known_ms: part('ms', 'Time in which enough of the group is known (the configured coverage).'),
    people_ms: part('ms', 'People, those at silent seats estimated by the others, multiplied by known time.'),
    people_peak: part('persons', 'Most people seen at one time.'),
    free_min: part('1', 'Fewest seats that were known to be free at one time.'),
    empty_ms: part('ms', 'Known time in which nobody was seen.'),
    under_ms: part('ms', 'Known time with fewer people than the target share of the capacity.'),
    in_ms: part('ms', 'Known time from the target share up to overcrowding.'),
    crowded_ms: part('ms', 'Known time at or above overcrowding, up to the capacity.'),
    over_ms: part('ms', 'Known time above the capacity.'),
  },
});

export const gateRollup = defineMeasurement({
  name: 'gate',
  description: 'A people counter in a window.',
  tags: {},
  fields: {
    valid_ms: validMs,
    in: part('persons', 'People that went in.'),
    out: part('persons', 'People that went out.'),
  },
});
