import type { Clock } from '../../model/clock.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import type { Site } from '../../model/site.ts';
import type { History, SeriesColumns } from '../../store/history.ts';
import { hourMs, minuteMs } from '../grid.ts';
import type { Heard, Noted } from './heard.ts';
import type { Marks } from './marks.ts';

export interface MarkListenerParts {
  readonly marks: Marks;
  readonly heard: Heard;
  readonly rollup: History<RollupName>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly clock: Clock;
}

/** Most points are of the present; all others are heard of at this pace. */
const nearMs = 2 * hourMs;
const allEveryMs = minuteMs;
/** Clocks of devices may be ahead. */
const aheadMs = 24 * hourMs;

/** Takes over the marks of other workers: their quarter hours are made into windows here. */
export class MarkListener {
  readonly #parts: MarkListenerParts;
  #allAt = Number.NEGATIVE_INFINITY;

  constructor(parts: MarkListenerParts) {
    this.#parts = parts;
  }

  /** Rejects with ApertoError of the store. */
  async listen(): Promise<void> {
    const now = this.#parts.clock.now();
    if (now - this.#allAt < allEveryMs) return await this.#listenFrom(now - nearMs);
    await this.listenToAll();
    this.#allAt = now;
  }

  /** The same, however old the marks are. */
  listenToAll(): Promise<void> {
    return this.#listenFrom(0);
  }

  async #listenFrom(from: number): Promise<void> {
    const { marks, heard, rollup, sites, clock } = this.#parts;
    const to = clock.now() + aheadMs;
    for (const site of sites.keys()) {
      const series = await rollup.scan({ measurement: 'mark', fields: ['noted'], from, to, tags: { site } });
      for (const columns of series) {
        const { worker = '' } = columns.tags;
        const news = heard.news(site, worker, notedIn(columns));
        // First the mark, then the word that it was heard: a crash between the two marks it once more.
        marks.add(site, news.keys(), clock.now());
        heard.add(site, worker, news);
      }
    }
  }
}

const notedIn = ({ times, fields }: SeriesColumns): Noted =>
  new Map([...times].map((time, row) => [time, fields.noted?.[row] ?? 0]));
