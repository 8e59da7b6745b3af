import { weekdayTags } from '../../model/rollup/usage.ts';
import { percentOf, sum } from './expression.ts';
import { query } from './query.ts';
import { select } from './select.ts';
import { place } from './variable.ts';

export const weekdays = weekdayTags;
export type Weekday = (typeof weekdays)[number];

/** Share of their known time in which seats are taken on one weekday, in %, by hour on the clock of the site. */
export const useOfWeekday = <C extends string>(weekday: Weekday, column: C) => {
  const share = percentOf(sum('occupied_ms' as const), sum('valid_ms' as const));
  return query(
    select('usage_1h', {
      columns: { [column]: share } as Readonly<Record<C, typeof share>>,
      where: { ...place, weekday },
      by: ['hour'],
    }),
    { [column]: '%' } as Readonly<Record<C, '%'>>,
  );
};

/** Share of their known time in which seats are taken, in %, each local day, by zone. */
export const useOfDays = () =>
  query(
    select('seat_1d', {
      columns: { share: percentOf(sum('occupied_ms'), sum('valid_ms')) },
      where: place,
      by: ['zone'],
      every: '1d',
      fill: 'null',
    }),
    { share: '%' },
  );

/** People that went in each local day. */
export const entriesOfDays = () =>
  query(select('gate_1d', { columns: { persons: sum('in') }, where: place, every: '1d' }), {
    persons: 'persons',
  });
