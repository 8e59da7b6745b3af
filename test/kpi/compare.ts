import { computeKpi } from '../../kpi/compute.ts';
import type { Evidence } from '../../kpi/evidence.ts';
import type { Window } from '../../kpi/figure.ts';
import { type KpiId, kpis } from '../../kpi/kpis.ts';
import { mergeParts } from '../../kpi/part.ts';
import { type PartName, parts } from '../../kpi/parts.ts';
import type { Site } from '../../model/site.ts';
import type { Row, Rows } from './ours.ts';
import type { Table } from './reference/occupancy.ts';
import { evidenceOf } from './support.ts';

export interface GroupOf {
  readonly site: Site;
  readonly rows: Rows;
  readonly window: Window;
  readonly by: Evidence['by'];
  readonly devices: Evidence['devices'];
  readonly capacity: number;
  /** Which rows are of the group. */
  readonly has: (row: { readonly device: string; readonly zone: string }, name: PartName) => boolean;
}

/** Evidence of a group: its rows in the window, joined over devices where they add up. */
export const groupEvidence = ({ site, rows, window, by, devices, capacity, has }: GroupOf): Evidence => {
  const pick = <N extends PartName>(name: N, from = window.from): readonly Row<N>[] => {
    const all: readonly Row<N>[] = rows[name];
    return all.filter((row) => row.time >= from && row.time < window.to && has(row, name));
  };
  const health = groupBy(pick('health'), ({ device }) => device);
  return evidenceOf({
    window,
    by,
    devices,
    capacity,
    site,
    reportEveryMs: { seat: 60_000 },
    rows: {
      seat: joined('seat', pick('seat')),
      session: pick('session'),
      presence: pick('presence'),
      gate: joined('gate', pick('gate', window.from - 86_400_000)),
      wifi: joined('wifi', pick('wifi')),
      probe: joined('probe', pick('probe')),
      energy: joined('energy', pick('energy')),
      health: [...health.values()].map((own) => ({
        time: window.from,
        kind: 'seat' as const,
        part: mergeParts(
          parts.health,
          own.map(({ part }) => part),
        ),
      })),
    },
  });
};

const groupBy = <T, K>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
};

const joined = <N extends PartName>(name: N, rows: readonly Row<N>[]): readonly Row<N>[] => {
  const byTime = groupBy(rows, ({ time }) => time);
  const definition: (typeof parts)[N] = parts[name];
  return [...byTime].map(([time, own]) => ({
    time,
    device: '',
    zone: '',
    part: mergeParts(
      definition,
      own.map(({ part }) => part),
    ),
  }));
};

/** Figures of some kinds as a table like the reference's: `dwell median`. */
export const ourTable = (evidence: Evidence, ids: readonly KpiId[]): Table => {
  const table: Table = {};
  for (const id of ids) {
    for (const { by, value } of computeKpi(id, evidence)) {
      const own = Object.entries(by).filter(([key]) => !(key in evidence.by));
      table[[id, ...own.map(([, of]) => of)].join(' ')] = value;
    }
  }
  return table;
};

export const kpiIds = Object.keys(kpis).filter((id): id is KpiId => Object.hasOwn(kpis, id));

/** Figures of the reference that ours do not agree with to 1e-9 of the value. */
export const differences = (ours: Table, reference: Table): readonly string[] =>
  Object.entries(reference).flatMap(([key, expected]) => {
    const value = ours[key];
    if (value === undefined || expected === undefined) {
      return value === expected ? [] : [`${key}: ${value}, not ${expected}`];
    }
    const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
    return Math.abs(value - expected) <= tolerance ? [] : [`${key}: ${value}, not ${expected}`];
  });
