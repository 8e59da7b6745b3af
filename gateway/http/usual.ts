import type { KpiRow } from '../../kpi/query/reader.ts';
import { ApertoError } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import type { Figures } from './figures.ts';
import type { PublicView } from './public-view.ts';

const weeksBack = 4;
const hourMs = 3_600_000;
const keptMs = hourMs / 4;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

type Usual = PublicView['usual'];

const localNow = ({ timezone: timeZone }: Site, now: number): { weekday: number; hour: number } => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return { weekday: weekdays.indexOf(parts.weekday ?? '') + 1, hour: Number(parts.hour) };
};

/** How busy a site usually is, by hour of the week. Asked of the figures four times an hour, whoever looks. */
export class UsualHours {
  readonly #figures: Figures;
  readonly #kept = new Map<string, { readonly until: number; readonly rows: Promise<readonly KpiRow[]> }>();

  constructor(figures: Figures) {
    this.#figures = figures;
  }

  async today(site: Site, now: number): Promise<Usual> {
    const { weekday, hour } = localNow(site, now);
    const rows = await this.#rows(site, now);
    const occupied = new Map(
      rows
        .filter(({ by }) => by.statistic === 'cell' && by.weekday === String(weekday))
        .map(({ by, value }) => [Number(by.hour), value]),
    );
    return {
      weekday,
      hour,
      hours: hours.map((each) => {
        const value = occupied.get(each);
        return { hour: each, ...(value === undefined ? {} : { occupied: value }) };
      }),
    };
  }

  #rows(site: Site, now: number): Promise<readonly KpiRow[]> {
    const kept = this.#kept.get(site.id);
    if (kept !== undefined && now < kept.until) return kept.rows;
    const to = Math.floor(now / hourMs) * hourMs;
    const query = { from: to - weeksBack * 7 * 24 * hourMs, to, by: [], limit: 1_000 } as const;
    const rows = this.#figures.figures(site.id, { kpi: 'busiest', scope: 'public', ...query }).then(
      (answer) => answer.rows,
      (error: unknown) => {
        this.#kept.delete(site.id);
        // Where nobody makes figures, nothing is usual; the rest of the page stands.
        if (error instanceof ApertoError) return [];
        throw error;
      },
    );
    this.#kept.set(site.id, { until: now + keptMs, rows });
    return rows;
  }
}
