import type { Site } from '../../model/site.ts';
import type { SeriesColumns } from '../../store/history.ts';
import { gateChanges, gateParts, resetOf } from '../gate.ts';
import { hourMs, minuteMs, quarterMs } from '../grid.ts';
import { gatePart, presencePart } from '../parts.ts';
import { presenceParts } from '../presence.ts';
import { columnsOf } from './columns.ts';
import { changedBy } from './gap.ts';
import type { Made } from './made.ts';
import { reportsOf } from './reports.ts';
import { ceilTo, floorTo, minutesOf, type Scope } from './scope.ts';
import type { Source } from './source.ts';

const dayMs = 24 * hourMs;
/**
 * Back to the reset before, and further: a reading with a wrong time may show more than the counter had, and until
 * it has caught up only that reading tells what was counted.
 */
const backMs = 36 * hourMs;

/** People counters, and the people whom they count together: those of the whole site. */
export const makeGates = async (source: Source, scope: Scope): Promise<readonly Made[]> => {
  if (scope.site.counters.length === 0) return [];
  const { unit, from, local, settings } = scope;
  const resets = local
    .daysOf({ from: from - 2 * dayMs, to: unit.to + 2 * dayMs })
    .map((day) => resetOf(local, day, settings.resetHour));
  const end = balanceEnd(scope, resets);
  const gates = await source.scan('occupancy', { kind: 'counter' }, from - backMs, end + hourMs);
  return [...makePassages(gates, scope), makeBalance(gates, scope, resets, end)];
};

const makePassages = (gates: readonly SeriesColumns[], scope: Scope): Made[] => {
  const { site, from, to, end } = scope;
  const silenceMs = site.max_silence_s.counter * 1000;
  const make = (members: readonly SeriesColumns[], tags: Made['tags'], start: number): Made => {
    const grid = minutesOf(start, end);
    const series = members.map((columns) => {
      const { zone = '', device = '' } = columns.tags;
      const parts = gateParts(reportsOf(columns), silenceMs, grid);
      return columnsOf(gatePart, { site: site.id, zone, device }, parts, grid);
    });
    return { base: 'gate', step: '1m', tags, from: start, to, series };
  };
  const late = gates.filter((columns) => changedBy(columns, scope).from < from);
  return [
    make(gates, { site: site.id }, from),
    ...late.map((columns) =>
      make([columns], { site: site.id, device: columns.tags.device ?? '' }, changedBy(columns, scope).from),
    ),
  ];
};

/** A passage counts until the next reset. */
const balanceEnd = ({ unit, end, now }: Scope, resets: readonly number[]): number => {
  const next = Math.min(...resets.filter((reset) => reset >= unit.to));
  return Math.max(end, Math.min(next, floorTo(now, minuteMs)));
};

/** People in less people out since the reset hour. */
const makeBalance = (
  gates: readonly SeriesColumns[],
  { site, settings, from, to }: Scope,
  resets: readonly number[],
  end: number,
): Made => {
  const silenceMs = site.max_silence_s.counter * 1000;
  const grid = minutesOf(from, end);
  const parts = presenceParts(
    gateChanges(
      gates.map((columns) => ({ reports: reportsOf(columns), maxSilenceMs: silenceMs })),
      resets,
    ),
    { devices: site.counters.length, capacity: capacityOf(site), source: 'counters' },
    grid,
    settings,
  );
  const tags = { site: site.id, source: 'counters' };
  const series = [columnsOf(presencePart, tags, parts, grid)];
  return { base: 'presence', step: '1m', tags, from, to: ceilTo(Math.max(end, to), quarterMs), series };
};

const capacityOf = ({ zones }: Site): number => zones.reduce((sum, { capacity }) => sum + capacity, 0);
