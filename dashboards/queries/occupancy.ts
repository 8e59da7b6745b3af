import { count, growth, last, max, mean, minus, sum, times } from './expression.ts';
import { query } from './query.ts';
import { type Every, select, selectFrom } from './select.ts';
import { chosen, place } from './variable.ts';

const seats = { ...place, kind: 'seat', device: chosen('seat') } as const;
const counters = { ...place, kind: 'counter' } as const;

/** Each seat's last word in the range: 1 taken, 0 free. A seat that said nothing is absent, not free. */
const lastOfEachSeat = () =>
  select('occupancy', { columns: { occupied: last('occupied') }, where: seats, by: ['zone', 'device'] });

/** Share of the seats heard of that are taken, in %: one figure for the range. */
export const occupancyNow = () =>
  query(selectFrom(lastOfEachSeat(), { columns: { share: times(mean('occupied'), 100) } }), { share: '%' });

/** The same by zone. */
export const occupancyNowByZone = () =>
  query(selectFrom(lastOfEachSeat(), { columns: { share: times(mean('occupied'), 100) }, by: ['zone'] }), {
    share: '%',
  });

/** Seats heard of that are free. */
export const freeSeatsNow = () =>
  query(selectFrom(lastOfEachSeat(), { columns: { free: minus(count('occupied'), sum('occupied')) } }), {
    free: 'seats',
  });

/** Seats of the whole site that were heard of in the range, whatever zone or seat is chosen. */
export const seatsHeard = () =>
  query(
    selectFrom(
      select('occupancy', {
        columns: { occupied: last('occupied') },
        where: { site: chosen('site'), kind: 'seat' },
        by: ['device'],
      }),
      { columns: { heard: count('occupied') } },
    ),
    { heard: 'devices' },
  );

/**
 * Share of their reports in which seats are taken, in %. Seats report each minute and when they change, so this
 * is close to the share of time; a window without a report is a gap.
 */
export const occupancyByZone = (every: Every = 'interval') =>
  query(
    select('occupancy', {
      columns: { share: times(mean('occupied'), 100) },
      where: seats,
      by: ['zone'],
      every,
      fill: 'null',
    }),
    { share: '%' },
  );

/** The same of all seats, one figure for the range. */
export const meanOccupancy = () =>
  query(select('occupancy', { columns: { share: times(mean('occupied'), 100) }, where: seats }), {
    share: '%',
  });

/** The highest of its 15-minute means in the range, in %. */
export const peakOccupancy = () =>
  query(
    selectFrom(
      select('occupancy', {
        columns: { share: times(mean('occupied'), 100) },
        where: seats,
        every: '15m',
      }),
      { columns: { peak: max('share') } },
    ),
    { peak: '%' },
  );

/** Share of the reports in which each seat is taken, in %, over the range. */
export const occupancyOfEachSeat = () =>
  query(
    select('occupancy', {
      columns: { share: times(mean('occupied'), 100) },
      where: seats,
      by: ['device'],
    }),
    { share: '%' },
  );

/** State of each seat, window by window: 1 if it was taken at any time of it, 0 free, nothing when silent. */
export const seatStates = () =>
  query(
    select('occupancy', {
      columns: { occupied: max('occupied') },
      where: seats,
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { occupied: 'bool' },
  );

/** People on the whole site: the counters' last words, added up. A counter sees the area around it. */
export const peopleNow = () =>
  query(
    selectFrom(
      select('occupancy', {
        columns: { people: last('people') },
        where: { site: chosen('site'), kind: 'counter' },
        by: ['device'],
      }),
      { columns: { people: sum('people') } },
    ),
    { people: 'persons' },
  );

const entriesOfEachCounter = (total: 'in_total' | 'out_total') =>
  select('occupancy', {
    columns: { persons: growth(total) },
    where: counters,
    by: ['device'],
    every: 'interval',
  });

/** People that went in (or out) through all counters, a window. */
export const passages = (total: 'in_total' | 'out_total') =>
  query(
    selectFrom(entriesOfEachCounter(total), { columns: { persons: sum('persons') }, every: 'interval' }),
    {
      persons: 'persons',
    },
  );

/** The same over the range. */
export const passagesInRange = (total: 'in_total' | 'out_total') =>
  query(selectFrom(entriesOfEachCounter(total), { columns: { persons: sum('persons') } }), {
    persons: 'persons',
  });

/** People that went in through each counter, a window. */
export const entriesByCounter = () => query(entriesOfEachCounter('in_total'), { persons: 'persons' });
