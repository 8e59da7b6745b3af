import type { Tags } from '../../model/point.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import type { Window as WindowName } from '../../model/rollup/window.ts';
import type { History, Replacement, SeriesColumns } from '../../store/history.ts';
import { closeQuarter } from '../energy.ts';
import type { Window } from '../figure.ts';
import { gridOf, hourMs, quarterMs } from '../grid.ts';
import { parts } from '../parts.ts';
import { columnsOf, mergeColumns, partsIn } from './columns.ts';
import type { Made } from './made.ts';
import { ceilTo, floorTo, type Scope } from './scope.ts';
import { usageOf } from './usage.ts';

type Rollups = History<RollupName>;

/** Writes what was made: minutes and quarter hours first, then the hours and local days that hold them. */
export const writeMade = async (rollup: Rollups, made: readonly Made[], scope: Scope): Promise<void> => {
  await rollup.replace(made.flatMap((one) => shortWindows(one, scope)));
  const longer = await Promise.all(made.map((one) => longWindows(rollup, one, scope)));
  await rollup.replace(longer.flat());
};

const replacement = (
  { base }: Pick<Made, 'base'>,
  window: WindowName,
  tags: Tags,
  { from, to }: Window,
  series: readonly SeriesColumns[],
): Replacement<RollupName> => ({
  measurement: `${base}_${window}`,
  tags,
  from,
  to,
  series: series.filter(({ times }) => times.length > 0),
});

const shortWindows = (made: Made, scope: Scope): Replacement<RollupName>[] => {
  const { base, step, tags, series } = made;
  if (step === '15m') return [replacement(made, '15m', tags, made, series)];
  const quarters = series.map((columns) =>
    mergeColumns(parts[base], columns, (time) => floorTo(time, quarterMs)),
  );
  const closed = base === 'energy' ? quarters.map((columns) => closeQuarters(columns, scope)) : quarters;
  return [replacement(made, '1m', tags, made, series), replacement(made, '15m', tags, made, closed)];
};

/** Sets the peak of each quarter hour, which minutes do not have. */
const closeQuarters = (columns: SeriesColumns, { settings }: Scope): SeriesColumns => {
  const rows = new Map(partsIn(columns));
  const [from = 0, to = from] = [columns.times[0], columns.times.at(-1)];
  const grid = gridOf({ from, to: to + quarterMs }, quarterMs);
  const closed = Array.from({ length: columns.times.length === 0 ? 0 : grid.count }, (_, index) => {
    const part = rows.get(grid.from + index * quarterMs);
    return part === undefined ? {} : closeQuarter(part, settings);
  });
  return columnsOf(parts.energy, columns.tags, closed, grid);
};

const longWindows = async (
  rollup: Rollups,
  made: Made,
  { local }: Scope,
): Promise<Replacement<RollupName>[]> => {
  const { base, tags } = made;
  const definition = parts[base];
  const days = local.daysOf(made);
  const [from = made.from, to = made.to] = [days[0]?.from, days.at(-1)?.to];
  const fields = Object.entries(definition.fields)
    .filter(([, { combine }]) => combine !== 'list')
    .map(([name]) => name);
  const quarters = await rollup.scan({ measurement: `${base}_15m`, fields, from, to, tags });
  const hours: Window = {
    from: Math.max(from, floorTo(made.from, hourMs)),
    to: Math.min(to, ceilTo(made.to, hourMs)),
  };
  const inHours = quarters.map((columns) =>
    mergeColumns(definition, within(columns, hours), (time) => floorTo(time, hourMs)),
  );
  const inDays = quarters.map((columns) =>
    mergeColumns(definition, columns, (time) => local.at(time).day.from),
  );
  const wholeHours = { from: floorTo(hours.from, hourMs), to: ceilTo(hours.to, hourMs) };
  const usage: Replacement<RollupName> = {
    measurement: 'usage_1h',
    tags,
    ...wholeHours,
    series: base === 'seat' ? usageOf(inHours, local) : [],
  };
  return [
    replacement(made, '1h', tags, wholeHours, inHours),
    replacement(made, '1d', tags, { from, to }, inDays),
    ...(base === 'seat' ? [usage] : []),
  ];
};

/** The rows of columns within a stretch of time. */
const within = ({ tags, times, fields }: SeriesColumns, { from, to }: Window): SeriesColumns => {
  const start = times.findIndex((time) => time >= from);
  const after = times.findIndex((time) => time >= to);
  const rows = [start < 0 ? times.length : start, after < 0 ? times.length : after] as const;
  return {
    tags,
    times: times.subarray(...rows),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, column]) => [name, column.subarray(...rows)]),
    ),
  };
};
