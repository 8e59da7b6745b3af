import { counter, defineMeasurement, float, integer } from './measurement.ts';

export const occupancy = defineMeasurement({
  name: 'occupancy',
  description: 'Whether a seat is taken, how many people an area holds, and how many passed a counter.',
  tags: { kind: ['seat', 'counter'] },
  fields: {
    occupied: integer('bool', 0, 1, 'Seat taken (1) or free (0).'),
    people: integer('persons', 0, 100_000, 'People that the sensor sees at this moment.'),
    in_total: integer(
      'persons',
      0,
      4_294_967_294,
      'People that went in since the counter was reset.',
      counter,
    ),
    out_total: integer(
      'persons',
      0,
      4_294_967_294,
      'People that went out since the counter was reset.',
      counter,
    ),
    in_count: integer(
      'persons',
      0,
      100_000,
      'People that went in during the interval that ends here, from sensors that count by interval.',
    ),
    out_count: integer(
      'persons',
      0,
      100_000,
      'People that went out during the interval that ends here, from sensors that count by interval.',
    ),
    dwell_s: float('s', 0, 86_400 * 7, 'How long the people now present have stayed, as the sensor says.'),
  },
});
