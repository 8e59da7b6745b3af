import type { Clock } from '../../model/clock.ts';
import type { Point } from '../../model/point.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import type { History } from '../../store/history.ts';
import { hourMs, minuteMs } from '../grid.ts';
import { floorTo } from './scope.ts';

export interface WatermarksParts {
  readonly rollup: History<RollupName>;
  readonly sites: Iterable<string>;
  readonly worker: string;
  readonly clock: Clock;
}

/** A watermark that is younger than this is of a worker that runs. */
const freshMs = 3 * minuteMs;
/** The last word of a worker that has ended is told for as long as this. */
const rememberedMs = 30 * 24 * hourMs;

/** How far the windows are, by way of the store: told by the worker that makes them, read by the others. */
export class Watermarks {
  readonly #parts: WatermarksParts;
  /** The last word. */
  #told = '';

  constructor(parts: WatermarksParts) {
    this.#parts = parts;
  }

  /** Tells once a minute, and of every change. @returns whether it did. Rejects with ApertoError of the store. */
  async tell(watermarkOf: (site: string) => number | undefined): Promise<boolean> {
    const { rollup, sites, worker, clock } = this.#parts;
    const minute = floorTo(clock.now(), minuteMs);
    const points = [...sites].flatMap((site): Point<RollupName>[] => {
      const watermark = watermarkOf(site);
      if (watermark === undefined) return [];
      return [{ measurement: 'watermark', tags: { site, worker }, fields: { watermark }, time: minute }];
    });
    const word = points.map(({ time, fields }) => `${time} ${fields.watermark}`).join();
    if (word === this.#told) return false;
    await rollup.write(points);
    this.#told = word;
    return true;
  }

  /** The last word on each site, of whichever worker. Rejects with ApertoError of the store. */
  async read(): Promise<ReadonlyMap<string, number>> {
    const { sites } = this.#parts;
    const found = new Map<string, number>();
    for (const site of sites) {
      const [newest] = (await this.#latest(site, rememberedMs)).toSorted((a, b) => b.time - a.time);
      const { watermark } = newest?.fields ?? {};
      if (watermark !== undefined) found.set(site, watermark);
    }
    return found;
  }

  /** Other workers that make windows of the same sites at this time; there should be none. */
  async rivals(): Promise<readonly string[]> {
    const { sites, worker } = this.#parts;
    const found = new Set<string>();
    for (const site of sites) {
      for (const { tags } of await this.#latest(site, freshMs)) found.add(tags.worker ?? '');
    }
    found.delete(worker);
    return [...found];
  }

  #latest(site: string, withinMs: number): Promise<readonly Point<RollupName>[]> {
    const { rollup, clock } = this.#parts;
    return rollup.latest('watermark', site, clock.now() - withinMs);
  }
}
