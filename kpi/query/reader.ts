import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import { type Window as WindowName, windowMs } from '../../model/rollup/window.ts';
import type { Site } from '../../model/site.ts';
import type { History, SeriesColumns } from '../../store/history.ts';
import { forPublic, withheldGroups } from '../anonymity.ts';
import { computeKpi } from '../compute.ts';
import type { ByKeys, Figure, Reason, Window } from '../figure.ts';
import { hourMs, minuteMs } from '../grid.ts';
import type { ByKey } from '../kpi.ts';
import { type KpiId, kpiOf } from '../kpis.ts';
import { LocalTime } from '../local-time.ts';
import type { PartName } from '../parts.ts';
import { type KpiSettings, settingsOf } from '../settings.ts';
import { evidenceOf, fieldsFor, gateBackMs, groupRows, type Stored } from './evidence.ts';
import { type Group, groupsOf } from './groups.ts';
import { type Every, resolutionOf, windowsOf } from './windows.ts';

/** Who asks: the public is told of no group of people that is too small. */
export type Scope = 'public' | 'read' | 'operate';

export interface KpiQuery {
  readonly kpi: KpiId;
  readonly from: number;
  readonly to: number;
  readonly by: readonly ByKey[];
  /** One window for all of the time where absent. */
  readonly every?: Every;
  /** Rows of one page; a window is never split, so there may be more. */
  readonly limit: number;
  readonly scope: Scope;
}

export interface KpiRow {
  readonly by: ByKeys;
  /** Start of the window, where there are several. */
  readonly time?: number;
  readonly value?: number;
  /** Where it is not that of the answer. */
  readonly unit?: string;
  readonly validMinutes: number;
  readonly coverage: number;
  readonly reason?: Reason;
}

export interface KpiAnswer {
  readonly kpi: KpiId;
  readonly unit: string;
  /** The windows' own bounds, at most the present. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly KpiRow[];
  /** Where the next page begins. */
  readonly next?: number;
}

export interface KpiReaderParts {
  readonly rollup: History<RollupName>;
  readonly clock: Clock;
}

/** Figures of a site from the windows that are stored, with the settings of its site file. */
export class KpiReader {
  readonly #parts: KpiReaderParts;
  /** By time zone: what each has worked out once, all answers use. */
  readonly #clocks = new Map<string, LocalTime>();

  constructor(parts: KpiReaderParts) {
    this.#parts = parts;
  }

  /**
   * @throws ApertoError `usage` for keys or windows that the figure does not have, `config` for settings that cannot be,
   * and those of the store
   */
  async read(site: Site, query: KpiQuery): Promise<KpiAnswer> {
    const { kpi, by, every, limit, scope } = query;
    const { clock } = this.#parts;
    const settings = settingsOf(site);
    const local = this.#localTime(site);
    const definition = kpiOf(kpi);
    const groups = groupsOf(site, kpi, by);
    const present = Math.floor(clock.now() / minuteMs) * minuteMs;
    const windowsMax = Math.max(1, Math.floor(limit / Math.max(1, groups.length)));
    const touched = windowsOf(local, query, every, windowsMax);
    const windows = touched.slice(0, windowsMax).filter(({ from }) => from < present);
    const [first, last] = [windows[0], windows.at(-1)];
    if (first === undefined || last === undefined) {
      return { kpi, unit: definition.unit, from: query.from, to: query.to, rows: [] };
    }
    const resolution = resolutionOf(local, windows, definition);
    const span = { from: first.from, to: last.to };
    checkSpan(span, resolution);
    // What only adds up is read as coarsely as the windows allow.
    const coarse = resolutionOf(local, windows, { parts: [] });
    const stored = await this.#readParts(site, kpi, span, (part) =>
      part === 'seat' && kpi !== 'busiest' ? coarse : resolution,
    );
    const withheld = scope === 'public' ? withheldOf(site, groups, settings) : new Set<Group>();

    const figures: { figure: Figure; window: Window }[] = [];
    const grouped = groups.map((group) => groupRows(site, group, stored, windows));
    let next: number | undefined;
    for (const window of windows) {
      if (figures.length >= limit) {
        next = window.from;
        break;
      }
      const ended = { from: window.from, to: Math.min(window.to, present) };
      for (const [index, group] of groups.entries()) {
        const evidence = evidenceOf({ site, local, settings, group, window: ended, grouped: grouped[index] });
        for (const figure of computeKpi(kpi, evidence)) {
          figures.push({ figure: forPublic(figure, withheld.has(group)), window });
        }
      }
    }
    next ??= touched[windows.length]?.from;
    return {
      kpi,
      unit: definition.unit,
      from: first.from,
      to: Math.min(next ?? last.to, present),
      rows: figures.map(({ figure, window }) =>
        toRow(figure, definition.unit, every === undefined ? undefined : window.from),
      ),
      ...(next === undefined || next >= present ? {} : { next }),
    };
  }

  #localTime({ timezone }: Site): LocalTime {
    const local = this.#clocks.get(timezone) ?? new LocalTime(timezone);
    this.#clocks.set(timezone, local);
    return local;
  }

  async #readParts(
    site: Site,
    kpi: KpiId,
    span: Window,
    resolutionFor: (part: PartName) => WindowName,
  ): Promise<Stored> {
    const stored: Partial<Record<PartName, readonly SeriesColumns[]>> = {};
    for (const part of kpiOf(kpi).parts) {
      stored[part] = await this.#parts.rollup.scan({
        measurement: `${part}_${resolutionFor(part)}`,
        fields: fieldsFor(kpi, part),
        from: part === 'gate' ? span.from - gateBackMs : span.from,
        to: span.to,
        tags: { site: site.id },
      });
    }
    return stored;
  }
}

/** What is read at once: a quarter of a year in quarter hours, more in longer windows. */
const windowsReadMax = 10_000;

const checkSpan = ({ from, to }: Window, resolution: WindowName): void => {
  const stepMs = resolution === '1d' ? 24 * hourMs : windowMs[resolution];
  if ((to - from) / stepMs <= windowsReadMax) return;
  throw new ApertoError(
    'usage',
    `from: this figure is read from ${windowsReadMax} windows of ${resolution} at most; take a shorter time`,
  );
};

const withheldOf = (site: Site, groups: readonly Group[], settings: KpiSettings): ReadonlySet<Group> => {
  const named = groups.map((group, index) => ({
    group,
    id: String(index),
    seats: group.devices.seat ?? site.seats.length,
  }));
  const ids = withheldGroups(named, settings.publicSeatsMin);
  return new Set(named.filter(({ id }) => ids.has(id)).map(({ group }) => group));
};

const toRow = (figure: Figure, unit: string, time: number | undefined): KpiRow => {
  const { by, value, validMinutes, coverage, reason } = figure;
  return {
    by,
    ...(time === undefined ? {} : { time }),
    ...(value === undefined ? {} : { value }),
    ...(figure.unit === unit ? {} : { unit: figure.unit }),
    validMinutes,
    coverage,
    ...(reason === undefined ? {} : { reason }),
  };
};
