import type { Site } from '../../model/site.ts';
import { type Grid, gridOf, minuteMs, quarterMs } from '../grid.ts';
import type { LocalTime } from '../local-time.ts';
import type { KpiSettings } from '../settings.ts';
import type { Unit } from './marks.ts';

/** What is to be worked out: the windows of a site that points within a unit can have changed. */
export interface Scope {
  readonly site: Site;
  readonly settings: KpiSettings;
  readonly local: LocalTime;
  /** Where the new points are. */
  readonly unit: Unit;
  /** The unit with a quarter hour before it and the longest silence after it, in whole quarter hours. */
  readonly from: number;
  readonly to: number;
  /** Windows before this are never made again: the points under them are gone. */
  readonly floor: number;
  /** No window reaches beyond this: the minute that is not over, or `to`. */
  readonly end: number;
  /** The present. */
  readonly now: number;
}

export const floorTo = (time: number, stepMs: number): number => Math.floor(time / stepMs) * stepMs;
export const ceilTo = (time: number, stepMs: number): number => Math.ceil(time / stepMs) * stepMs;

/** Minutes from `from` to `to`. */
export const minutesOf = (from: number, to: number): Grid => gridOf({ from, to }, minuteMs);

/** Quarter hours that touch what lies between. */
export const quartersOf = (from: number, to: number): Grid => gridOf({ from, to }, quarterMs);

/**
 * A reading changes what was counted since the one before it, and holds until the one after it or too long; further
 * gaps and sessions are followed device by device. A unit before `floor` is one that came late and whole: it touches
 * nothing beside itself.
 */
export const scopeOf = (
  unit: Unit,
  { site, settings, local, floor, now }: Pick<Scope, 'site' | 'settings' | 'local' | 'floor' | 'now'>,
): Scope => {
  const silenceMs = Math.max(...Object.values(site.max_silence_s)) * 1000;
  const gone = unit.from < floor;
  const from = gone ? unit.from : Math.max(floor, unit.from - quarterMs);
  const to = gone ? unit.to : ceilTo(unit.to + silenceMs + settings.sessionJoinMs, quarterMs);
  const end = Math.min(to, floorTo(now, minuteMs));
  return { site, settings, local, unit, from, to, floor: Math.min(floor, from), end, now };
};
