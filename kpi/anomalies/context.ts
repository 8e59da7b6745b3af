import type { Site } from '../../model/site.ts';
import type { Window } from '../figure.ts';
import type { ByKey } from '../kpi.ts';
import type { KpiId } from '../kpis.ts';
import { LocalTime } from '../local-time.ts';
import type { KpiRow } from '../query/reader.ts';
import type { Every } from '../query/windows.ts';
import type { FigureSource } from '../report/figure-source.ts';

export interface Asked {
  readonly kpi: KpiId;
  readonly by: readonly ByKey[];
  readonly every?: Every;
}

export interface Told {
  readonly unit: string;
  readonly rows: readonly KpiRow[];
  /** End of what is told. */
  readonly to: number;
}

const limit = 10_000;

/** All pages of a figure. */
export const readAll = async (
  source: FigureSource,
  site: Site,
  { kpi, by, every }: Asked,
  { from, to }: Window,
): Promise<Told> => {
  const rows: KpiRow[] = [];
  const query = { kpi, by, to, limit, scope: 'read', ...(every === undefined ? {} : { every }) } as const;
  for (let start = from; ; ) {
    const page = await source.figures(site, { ...query, from: start });
    rows.push(...page.rows);
    if (page.next === undefined) return { unit: page.unit, rows, to: page.to };
    start = page.next;
  }
};

/** What is known of the whole site, against which a single figure is held. */
export interface Context {
  /** Starts of hours in which any device was heard: else it is us who did not listen. */
  readonly heard: ReadonlySet<number>;
  /** Starts of local days on which the seats were used. */
  readonly used: ReadonlySet<number>;
  /** Starts of night hours in which nobody was seen. */
  readonly emptyNights: ReadonlySet<number>;
  /** Power of the empty site in kW; absent where it is not known. */
  readonly baseLoadKw?: number;
}

const usedShareMin = 0.05;
const isNight = (hour: number): boolean => hour >= 23 || hour < 5;

export const readContext = async (source: FigureSource, site: Site, span: Window): Promise<Context> => {
  const local = new LocalTime(site.timezone);
  const ask = (kpi: KpiId, every?: Every): Promise<Told> =>
    readAll(source, site, { kpi, by: [], ...(every === undefined ? {} : { every }) }, span);
  const health = await ask('device_health', 'PT1H');
  const use = await ask('time_occupancy', 'P1D');
  const people = await ask('people_present', 'PT1H');
  const baseLoadKw = (await ask('base_load')).rows[0]?.value;
  return {
    heard: startsOf(health.rows, ({ coverage }) => coverage > 0),
    used: startsOf(use.rows, ({ value = 0 }) => value >= usedShareMin),
    emptyNights: startsOf(
      people.rows,
      ({ by, value, time = 0 }) => by.statistic === 'peak' && value === 0 && isNight(local.at(time).hour),
    ),
    ...(baseLoadKw === undefined ? {} : { baseLoadKw }),
  };
};

const startsOf = (rows: readonly KpiRow[], isOne: (row: KpiRow) => boolean): ReadonlySet<number> =>
  new Set(rows.filter(isOne).flatMap(({ time }) => time ?? []));
