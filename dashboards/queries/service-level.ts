import { wifiLevels } from '../../model/rollup/wifi.ts';
import { percentOf, sum } from './expression.ts';
import { query } from './query.ts';
import { select } from './select.ts';
import { chosen, place } from './variable.ts';

type Levels = typeof wifiLevels;
export type Level = keyof Levels;
/** Field of the bad user time of a cause. */
export type Cause = { [L in Level]: `${L}_${Levels[L][number]}_ms` }[Level];

/** The fields of bad user time of a level, one a cause. */
export const causesOf = (level: Level): readonly Cause[] => {
  const causes: readonly string[] = wifiLevels[level];
  return causes.map((cause) => `${level}_${cause}_ms` as Cause);
};

const radios = { ...place, device: chosen('access_point'), band: { not: 'all' } } as const;
const whole = { ...place, device: chosen('access_point'), band: 'all' } as const;

/** Health is judged for an access point as a whole, everything else radio by radio. */
const judged = (level: Level) => (level === 'ap_health' ? whole : radios);

/**
 * Share of the user time judged by a level that was bad for one cause, in %, over the range. A cause that never came
 * about has no field in the store, so it is nothing and not 0; for that reason causes are asked one by one.
 */
export const badShare = (level: Level, cause: Cause) =>
  query(
    select('wifi_15m', {
      columns: { bad: percentOf(sum<Cause | `${Level}_ms`>(cause), sum(`${level}_ms`)) },
      where: judged(level),
    }),
    { bad: '%' },
  );

/** The same, a window of a quarter hour or more. */
export const badShareTrend = (level: Level, cause: Cause) =>
  query(
    select('wifi_15m', {
      columns: { bad: percentOf(sum<Cause | `${Level}_ms`>(cause), sum(`${level}_ms`)) },
      where: judged(level),
      every: 'interval',
      fill: 'null',
    }),
    { bad: '%' },
  );
