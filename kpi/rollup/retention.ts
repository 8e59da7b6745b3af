import type { Clock } from '../../model/clock.ts';
import { measurementNames } from '../../model/measurements.ts';
import { rollupsOf } from '../../model/rollup/rollups.ts';
import { type Window, windows } from '../../model/rollup/window.ts';
import type { Site } from '../../model/site.ts';
import type { Histories } from '../../store/history.ts';
import { hourMs, quarterMs } from '../grid.ts';
import type { Marks } from './marks.ts';
import { floorTo } from './scope.ts';

const dayMs = 24 * hourMs;

/** For how many days things are kept where the site file does not say; absent is for ever. */
export const defaultRetention = { raw_days: 30, rollup_1m_days: 365 } as const satisfies Site['retention'];

/** What workers tell each other of raw points. */
const shared = ['mark', 'watermark'] as const;

/** Raw points of a site from before this are to be deleted. */
export const rawKeptFrom = ({ retention }: Site, now: number): number =>
  floorTo(now - (retention?.raw_days ?? defaultRetention.raw_days) * dayMs, quarterMs);

export interface RetentionParts extends Histories {
  readonly marks: Marks;
  readonly sites: ReadonlyMap<string, Site>;
  readonly clock: Clock;
}

/**
 * Deletes what is older than its time. Raw points go only once they are in windows, and not while more of their time
 * may still be coming in: a back-fill of a year is first made into windows, then deleted.
 */
export class Retention {
  readonly #parts: RetentionParts;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** One pass over all sites. Rejects with ApertoError where the store could not delete; the next pass goes on. */
  async run(): Promise<void> {
    for (const site of this.#parts.sites.values()) {
      await this.#expireRaw(site);
      for (const window of windows) await this.#expireWindows(site, window);
    }
  }

  async #expireRaw(site: Site): Promise<void> {
    const { raw, rollup, marks, clock } = this.#parts;
    const old = rawKeptFrom(site, clock.now());
    const before = Math.min(old, ...[marks.oldest(site.id), marks.takeRecent(site.id)].flatMap(dayBefore));
    // First the word, then the deed: between the two no window is made from half of its points.
    marks.setExpired(site.id, before);
    for (const measurement of measurementNames) await raw.expire(measurement, site.id, before);
    for (const measurement of shared) await rollup.expire(measurement, site.id, before);
  }

  async #expireWindows(site: Site, window: Window): Promise<void> {
    const { rollup, clock } = this.#parts;
    const kept = { ...defaultRetention, ...site.retention };
    const days = kept[`rollup_${window}_days` as keyof typeof kept];
    if (days === undefined) return;
    const before = floorTo(clock.now() - days * dayMs, quarterMs);
    for (const measurement of rollupsOf(window)) await rollup.expire(measurement, site.id, before);
  }
}

/** What is worked on needs the points of a day before it. */
const dayBefore = (time: number | undefined): readonly number[] => (time === undefined ? [] : [time - dayMs]);
