import { wifiLevels } from '../../model/rollup/wifi.ts';
import { percentOf, restOf, sum } from './expression.ts';
import { query } from './query.ts';
import { select } from './select.ts';
import { chosen, place } from './variable.ts';

type Levels = typeof wifiLevels;
export type Level = keyof Levels;
/** Field of the bad user time of a cause. */
export type Cause = { [L in Level]: `${L}_${Levels[L][number]}_ms` }[Level];

/** The fields of bad user time of a level, one a cause. */
const causesOf = (level: Level): readonly Cause[] => {
  const causes: readonly string[] = wifiLevels[level];
  return causes.map((cause) => `${level}_${cause}_ms` as Cause);
};

const radios = { ...place, device: chosen('access_point'), band: { not: 'all' } } as const;
const whole = { ...place, device: chosen('access_point'), band: 'all' } as const;

/** Health is judged for an access point as a whole, everything else radio by radio. */
const judged = (level: Level) => (level === 'ap_health' ? whole : radios);

export type Parts = Cause | `${Level}_ms`;
/** Good share of what a level judged, in %. Causes that did not occur are 0 in the windows, so that this is never nothing for their sake. */
export const goodShare = (level: Level) =>
  restOf(sum<Parts>(`${level}_ms`), ...causesOf(level).map((cause) => sum<Parts>(cause)));

/** Share of the user time judged by a level that was good, in %, over the range. */
export const levelInRange = (level: Level) =>
  query(select('wifi_15m', { columns: { good: goodShare(level) }, where: judged(level) }), { good: '%' });

/** The same, a window of a quarter hour or more. */
export const levelTrend = (level: Level) =>
  query(
    select('wifi_15m', {
      columns: { good: goodShare(level) },
      where: judged(level),
      every: 'interval',
      fill: 'null',
    }),
    { good: '%' },
  );

/** The levels that radios are judged by, in % over the range, for each zone or access point. */
export const levelsOfEach = (tag: 'zone' | 'device') =>
  query(
    select('wifi_15m', {
      columns: {
        coverage: goodShare('coverage'),
        capacity: goodShare('capacity'),
        throughput: goodShare('throughput'),
        time_to_connect: goodShare('time_to_connect'),
        successful_connects: goodShare('successful_connects'),
        roaming: goodShare('roaming'),
      },
      where: radios,
      by: [tag],
    }),
    {
      coverage: '%',
      capacity: '%',
      throughput: '%',
      time_to_connect: '%',
      successful_connects: '%',
      roaming: '%',
    },
  );

/** Share of the user time judged by a level that was bad for one cause, in %, over the range. */
export const badShare = (level: Level, cause: Cause) =>
  query(
    select('wifi_15m', {
      columns: { bad: percentOf(sum<Parts>(cause), sum(`${level}_ms`)) },
      where: judged(level),
    }),
    { bad: '%' },
  );

/** The same, a window of a quarter hour or more. */
export const badShareTrend = (level: Level, cause: Cause) =>
  query(
    select('wifi_15m', {
      columns: { bad: percentOf(sum<Parts>(cause), sum(`${level}_ms`)) },
      where: judged(level),
      every: 'interval',
      fill: 'null',
    }),
    { bad: '%' },
  );
