import { defineMeasurement } from '../measurement.ts';
import { part, validMs } from './fields.ts';

/** Monday is 1. */
export const weekdayTags = ['1', '2', '3', '4', '5', '6', '7'] as const;
/** Hours on the clock, in two digits so that they sort as text. */
export const hourTags = [
  ...['00', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'],
  ...['12', '13', '14', '15', '16', '17', '18', '19', '20', '21', '22', '23'],
] as const;

/**
 * For the map of a week: InfluxQL groups by tags alone and knows no local hours. Its hours are those of `seat_1h`, in
 * 168 series for each zone and not for each seat.
 */
export const usageRollup = defineMeasurement({
  name: 'usage_1h',
  description:
    'The seats of a zone together in an hour, by weekday and hour on the clock of the site. Time occupancy is occupied_ms over valid_ms. No device.',
  tags: { weekday: weekdayTags, hour: hourTags },
  fields: {
    valid_ms: validMs,
    occupied_ms: part('ms', 'Time of it in which a seat is taken; adds up over seats.'),
    people_ms: part('ms', 'People at seats multiplied by the time that they were there.'),
  },
});
