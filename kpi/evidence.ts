import type { Site } from '../model/site.ts';
import type { PlacedKind } from '../model/topic.ts';
import { type ByKeys, type Figure, figureOf, type Known, type Reason, type Window } from './figure.ts';
import type { KpiUnit } from './kpi.ts';
import { type KpiId, kpiOf } from './kpis.ts';
import type { LocalTime } from './local-time.ts';
import { mergeParts } from './part.ts';
import { type PartName, type PartOf, parts } from './parts.ts';
import type { KpiSettings } from './settings.ts';

/** A part of a window that begins at `time`. */
export interface Timed<N extends PartName> {
  readonly time: number;
  readonly part: PartOf<N>;
  /** `presence` alone. */
  readonly source?: 'seats' | 'counters';
  /** `health` alone: what the device is. */
  readonly kind?: PlacedKind;
}

/** All that a figure is computed from: one group in one window. */
export interface Evidence {
  /** A window that is still open ends where the parts do. */
  readonly window: Window;
  /** What the group is, e.g. `{zone: 'teatro'}`; empty for the whole site. */
  readonly by: ByKeys;
  /** Devices that the group has in the site file, silent ones too. Meters: those of role `feed` for the site. */
  readonly devices: Readonly<Partial<Record<PlacedKind | 'radio', number>>>;
  /** People that the group is meant for: of the zone, of the site (all zones), 1 for a seat. */
  readonly capacity: number;
  /**
   * Parts by kind, in order of time, added up over the group's devices. `session` and `health` are not added up: one
   * row for each device. How fine they must be, `KpiDefinition.from` says. `presence` of `base_load` is the site's,
   * and `gate` of `counter_drift` reaches back by one day.
   */
  readonly rows: { readonly [N in PartName]?: readonly Timed<N>[] };
  readonly site: Pick<Site, 'tariff' | 'savings'>;
  readonly local: LocalTime;
  readonly settings: KpiSettings;
  /** How often a device of a kind reports; absent where nobody says. */
  readonly reportEveryMs?: Readonly<Partial<Record<PlacedKind, number>>>;
}

/** All rows of a kind as one part. */
export const merged = <N extends PartName>(name: N, rows: readonly Timed<N>[] | undefined): PartOf<N> => {
  const definition: (typeof parts)[N] = parts[name];
  return mergeParts(
    definition,
    (rows ?? []).map(({ part }) => part),
  );
};

export const elapsedOf = ({ from, to }: Window): number => to - from;

/** The time that devices of a kind should have been known. */
export const knownOf = (
  validMs: number | undefined,
  { window, devices }: Evidence,
  kind: PlacedKind | 'radio',
): Known => {
  const count = Math.max(1, devices[kind] ?? 0);
  return { validMs: validMs ?? 0, elapsedMs: elapsedOf(window) * count, devices: count };
};

/** Known time of a group as a whole. */
export const knownTogether = (knownMs: number | undefined, { window }: Evidence): Known => ({
  validMs: knownMs ?? 0,
  elapsedMs: elapsedOf(window),
});

export interface RowOptions {
  readonly by?: ByKeys;
  readonly unit?: KpiUnit;
  readonly window?: Window;
  /** 0 where silence is what the figure tells. */
  readonly coverageMin?: number;
}

/** One row of a figure. */
export const row = (
  kpi: KpiId,
  { window, by, settings }: Evidence,
  known: Known,
  value: number | Reason,
  options: RowOptions = {},
): Figure =>
  figureOf({
    kpi,
    unit: options.unit ?? kpiOf(kpi).unit,
    window: options.window ?? window,
    by: { ...by, ...options.by },
    known,
    coverageMin: options.coverageMin ?? settings.coverageMin,
    value,
  });

/** A share, or the reason why there is none. */
export const share = (
  of: number | undefined,
  whole: number | undefined,
  otherwise: Reason,
): number | Reason => (whole === undefined || whole <= 0 ? otherwise : (of ?? 0) / whole);
