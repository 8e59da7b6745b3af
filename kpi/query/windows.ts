import { ApertoError } from '../../model/errors.ts';
import type { Window as WindowName } from '../../model/rollup/window.ts';
import type { Window } from '../figure.ts';
import { hourMs, minuteMs, quarterMs } from '../grid.ts';
import type { KpiDefinition } from '../kpi.ts';
import type { LocalTime } from '../local-time.ts';

/** Windows that figures are told for (ISO 8601). Days, weeks (from Monday) and months are local ones. */
export const everies = ['PT1M', 'PT15M', 'PT1H', 'P1D', 'P1W', 'P1M'] as const;
export type Every = (typeof everies)[number];

const fixedMs: Readonly<Partial<Record<Every, number>>> = { PT1M: minuteMs, PT15M: quarterMs, PT1H: hourMs };

/** Start of the window that holds an instant. */
const startOf = (local: LocalTime, every: Every, time: number): number => {
  const step = fixedMs[every];
  if (step !== undefined) return Math.floor(time / step) * step;
  const { day } = local.at(time);
  switch (every) {
    case 'P1M':
      return local.month(day.date.slice(0, 7)).from;
    case 'P1W':
      return mondayOf(local, time);
    default:
      return day.from;
  }
};

const mondayOf = (local: LocalTime, time: number): number => {
  let { day } = local.at(time);
  while (day.weekday !== 1) ({ day } = local.at(day.from - 1));
  return day.from;
};

/** End of the window that begins at `start`. */
export const endOf = (local: LocalTime, every: Every, start: number): number => {
  const step = fixedMs[every];
  if (step !== undefined) return start + step;
  const { day } = local.at(start);
  switch (every) {
    case 'P1M':
      return local.month(day.date.slice(0, 7)).to;
    case 'P1W': {
      let last = day;
      while (last.weekday !== 7) last = local.at(last.to).day;
      return last.to;
    }
    default:
      return day.to;
  }
};

/**
 * The windows that touch [from, to), at most `max` of them and one more to tell that there are. Without `every` it is
 * one, widened to whole quarter hours.
 */
export const windowsOf = (
  local: LocalTime,
  { from, to }: Window,
  every: Every | undefined,
  max: number,
): readonly Window[] => {
  if (every === undefined)
    return [{ from: Math.floor(from / quarterMs) * quarterMs, to: Math.ceil(to / quarterMs) * quarterMs }];
  const windows: Window[] = [];
  for (let start = startOf(local, every, from); start < to && windows.length <= max; ) {
    const end = endOf(local, every, start);
    windows.push({ from: start, to: end });
    start = end;
  }
  return windows;
};

/**
 * The longest stored windows from which these can be computed.
 * @throws ApertoError `usage` for minutes of a figure that needs longer windows
 */
export const resolutionOf = (
  local: LocalTime,
  windows: readonly Window[],
  { from: finest, parts }: Pick<KpiDefinition, 'from' | 'parts'>,
): WindowName => {
  const edges = windows.flatMap(({ from, to }) => [from, to]);
  const all = (fits: (time: number) => boolean): boolean => edges.every(fits);
  if (finest !== 'quarter' && finest !== 'hour' && all((time) => local.at(time).day.from === time))
    return '1d';
  if (finest !== 'quarter' && all((time) => time % hourMs === 0)) return '1h';
  if (all((time) => time % quarterMs === 0)) return '15m';
  if (finest === undefined && !parts.includes('session')) return '1m';
  throw new ApertoError('usage', 'every: this figure is made of quarter hours; take PT15M or longer');
};
