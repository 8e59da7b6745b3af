import type { Site } from '../../model/site.ts';
import type { SeriesColumns } from '../../store/history.ts';
import type { Evidence, Timed } from '../evidence.ts';
import type { Window } from '../figure.ts';
import { hourMs } from '../grid.ts';
import type { KpiId } from '../kpis.ts';
import type { LocalTime } from '../local-time.ts';
import { mergeParts } from '../part.ts';
import { type PartName, parts } from '../parts.ts';
import type { KpiSettings } from '../settings.ts';
import type { Group } from './groups.ts';
import { addedUp, rowsOf, rowsWithin, sideBySide } from './rows.ts';

/** Stored windows of each kind of part, all series of the site. */
export type Stored = Readonly<Partial<Record<PartName, readonly SeriesColumns[]>>>;

/** Counters are corrected at the reset before a window. */
export const gateBackMs = 26 * hourMs;

/** A service level reads its own columns, of which there are forty in all; of seats, few figures read the people. */
export const fieldsFor = (kpi: KpiId, part: PartName): readonly string[] => {
  const names = Object.keys(parts[part].fields);
  if (part === 'seat' && kpi !== 'people_present' && kpi !== 'utilisation')
    return ['valid_ms', 'occupied_ms'];
  if (part !== 'wifi') return names;
  const level = kpi.slice('wifi_'.length);
  return names.filter((name) => name === 'valid_ms' || name === 'user_ms' || name.startsWith(level));
};

/** All rows of a group, over all windows. */
export interface GroupRows {
  readonly rows: Evidence['rows'];
  /** `health` by the start of a window: one row for each device. */
  readonly health: ReadonlyMap<number, readonly Timed<'health'>[]>;
}

/** @param windows side by side, in order of time */
export const groupRows = (
  site: Site,
  group: Group,
  stored: Stored,
  windows: readonly Window[],
): GroupRows => {
  const of = (part: PartName): readonly SeriesColumns[] =>
    (stored[part] ?? []).filter(({ tags }) => group.holds(part, tags));
  return {
    rows: {
      seat: addedUp('seat', of('seat')),
      session: sideBySide('session', of('session')),
      presence: sideBySide('presence', of('presence')),
      gate: addedUp('gate', of('gate')),
      wifi: addedUp('wifi', of('wifi')),
      probe: addedUp('probe', of('probe')),
      energy: addedUp('energy', of('energy')),
    },
    health: healthByWindow(site, of('health'), windows),
  };
};

export interface EvidenceOf {
  readonly site: Site;
  readonly local: LocalTime;
  readonly settings: KpiSettings;
  readonly group: Group;
  readonly window: Window;
  readonly grouped: GroupRows | undefined;
}

/** What a figure of one group in one window is computed from. */
export const evidenceOf = ({ site, local, settings, group, window, grouped }: EvidenceOf): Evidence => {
  const { by, devices, capacity } = group;
  const { from, to } = window;
  const { rows = {}, health } = grouped ?? {};
  const within = <N extends PartName>(all: readonly Timed<N>[] = [], back = 0): readonly Timed<N>[] =>
    rowsWithin(all, from - back, to);
  return {
    window,
    by,
    devices,
    capacity,
    reportEveryMs: reportEveryMsOf(site),
    rows: {
      seat: within(rows.seat),
      session: within(rows.session),
      presence: within(rows.presence),
      gate: within(rows.gate, gateBackMs),
      wifi: within(rows.wifi),
      probe: within(rows.probe),
      energy: within(rows.energy),
      health: health?.get(from) ?? [],
    },
    site,
    local,
    settings,
  };
};

/** Health is judged device by device: what a device has in a window becomes one row. */
const healthByWindow = (
  { devices }: Site,
  series: readonly SeriesColumns[],
  windows: readonly Window[],
): ReadonlyMap<number, readonly Timed<'health'>[]> => {
  const found = windows.map((window): HealthOf => ({ window, rows: [] }));
  for (const columns of series) {
    const { kind } = devices.get(columns.tags.device ?? '') ?? {};
    addByWindow(found, rowsOf('health', columns, kind === undefined ? {} : { kind }));
  }
  return new Map(found.map(({ window, rows }) => [window.from, rows]));
};

interface HealthOf {
  readonly window: Window;
  readonly rows: Timed<'health'>[];
}

/** @param own rows of one device in order of time, as the windows are */
const addByWindow = (found: readonly HealthOf[], own: readonly Timed<'health'>[]): void => {
  const timeAt = (place: number): number => own[place]?.time ?? Number.POSITIVE_INFINITY;
  let place = 0;
  for (const { window, rows } of found) {
    while (timeAt(place) < window.from) place++;
    const start = place;
    while (timeAt(place) < window.to) place++;
    const first = own[start];
    if (first === undefined || place === start) continue;
    rows.push(place === start + 1 ? first : joined(own.slice(start, place), first));
  }
};

const joined = (rows: readonly Timed<'health'>[], first: Timed<'health'>): Timed<'health'> => {
  const part = mergeParts(
    parts.health,
    rows.map((row) => row.part),
  );
  return { ...first, part };
};

const reportEveryMsOf = ({ report_every_s = {} }: Site): NonNullable<Evidence['reportEveryMs']> =>
  Object.fromEntries(Object.entries(report_every_s).map(([kind, seconds]) => [kind, seconds * 1000]));
