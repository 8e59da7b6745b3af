import type { Clock } from '../../model/clock.ts';
import { messageOf } from '../../model/errors.ts';
import { measurementNames } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import type { Site } from '../../model/site.ts';
import type { Histories } from '../../store/history.ts';
import { hourMs, minuteMs, quarterMs } from '../grid.ts';
import { LocalTime } from '../local-time.ts';
import { type KpiSettings, settingsOf } from '../settings.ts';
import { makeParts } from './make.ts';
import type { Marks, Unit } from './marks.ts';
import { notePoints } from './note.ts';
import { rawKeptFrom } from './retention.ts';
import { floorTo, scopeOf } from './scope.ts';
import { Source } from './source.ts';
import { writeMade } from './write.ts';

export interface RollerParts extends Histories {
  readonly marks: Marks;
  readonly sites: ReadonlyMap<string, Site>;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
  /** How long to gather before windows are made again: a back-fill comes in thousands of small batches. */
  readonly gatherMs?: number;
}

interface Known {
  readonly site: Site;
  readonly local: LocalTime;
  readonly settings: KpiSettings;
}

/**
 * Makes windows of raw points, some hours of a site at a time, oldest first. It is told of what was stored; the rest
 * it reads from the store, so the same points always give the same windows, however often and in whatever order.
 */
export class Roller {
  readonly #parts: RollerParts;
  readonly #sites: ReadonlyMap<string, Known>;
  #openAt = Number.NEGATIVE_INFINITY;
  /** The unit before; what it failed of, where it did. */
  #written: Promise<unknown> = Promise.resolve(undefined);
  #writing: Unit | undefined;

  /** @throws ApertoError `config` for a site whose settings cannot be */
  constructor(parts: RollerParts) {
    this.#parts = parts;
    this.#sites = new Map(
      [...parts.sites.values()].map((site) => [
        site.id,
        { site, local: new LocalTime(site.timezone), settings: settingsOf(site) },
      ]),
    );
  }

  /** Notes what was stored. When it returns, no crash can make it forget. */
  noteStored(points: readonly Point[]): void {
    const { marks, clock } = this.#parts;
    notePoints(marks, this.#sites, points, clock.now());
  }

  /**
   * Notes all that was stored before there were marks, as far back as `since`. Where there are windows already, the
   * marks were lost: windows whose points may be gone stay as they are.
   */
  async noteHistory(since: number): Promise<void> {
    const { raw, marks, clock } = this.#parts;
    for (const [site, known] of this.#sites) {
      if (await this.#holds('health_1d', { site, from: since, to: clock.now() })) {
        marks.setExpired(site, rawKeptFrom(known.site, clock.now()));
      }
      for (const measurement of measurementNames) {
        // Day by day a store that is new would be asked thousands of times for nothing.
        if ((await raw.latest(measurement, site, since)).length === 0) continue;
        for (let from = since; from < clock.now(); from += 24 * hourMs) {
          const series = await raw.scan({
            measurement,
            fields: [],
            from,
            to: from + 24 * hourMs,
            tags: { site },
          });
          for (const { times } of series) marks.add(site, times);
        }
      }
    }
  }

  /**
   * Works out the windows of the next unit, while those of the one before are written, and begins to write them. Those
   * of the quarter hour that is not over are made once a minute.
   * @returns whether there was one
   * @throws ApertoError of the store; the unit is tried again later
   */
  async rollNext(): Promise<boolean> {
    const { marks, clock, gatherMs = 0 } = this.#parts;
    // Points that came for a unit which is being written are another unit after it.
    if (this.#writing !== undefined && marks.isMarked(this.#writing)) await this.#throwIfFailed();
    const now = clock.now();
    const open = floorTo(now, quarterMs);
    const until = now - this.#openAt >= minuteMs ? open + quarterMs : open;
    const unit = marks.take(until, (site, time) => this.#endOf(site, time), now - gatherMs);
    if (unit === undefined) {
      await this.#throwIfFailed();
      return false;
    }
    if (unit.to > open) this.#openAt = now;
    try {
      const write = await this.#workOut(unit, now);
      await this.#throwIfFailed();
      this.#writing = unit;
      this.#written = this.#settle(unit, write);
      return true;
    } catch (error) {
      marks.failed(unit);
      throw error;
    }
  }

  /** Resolves with what went wrong, for whoever asks next. */
  async #settle(unit: Unit, write: () => Promise<void>): Promise<unknown> {
    const { marks } = this.#parts;
    try {
      await write();
      marks.done(unit);
      return undefined;
    } catch (error) {
      marks.failed(unit);
      return error;
    }
  }

  async #throwIfFailed(): Promise<void> {
    const failure = await this.#written;
    this.#written = Promise.resolve(undefined);
    this.#writing = undefined;
    if (failure !== undefined) throw failure;
  }

  /** Makes windows until none is due. */
  async catchUp(): Promise<void> {
    while (await this.rollNext());
  }

  /** Everything stored with a time before this is in the windows; absent where the site is not known. */
  watermark(site: string): number | undefined {
    if (!this.#sites.has(site)) return undefined;
    const { marks, clock } = this.#parts;
    return Math.min(marks.oldest(site) ?? Number.POSITIVE_INFINITY, floorTo(clock.now(), minuteMs));
  }

  /** What is left to do of a unit once its parts are made. */
  async #workOut(unit: Unit, now: number): Promise<() => Promise<void>> {
    const { marks, raw, rollup, log } = this.#parts;
    const known = this.#sites.get(unit.site);
    if (known === undefined) return nothing;
    const floor = goneBefore(marks.expiredBefore(unit.site));
    if (unit.from < floor && (await this.#holds('health_15m', unit))) {
      log.warn({ site: unit.site, from: new Date(unit.from).toISOString() }, tooLate);
      return nothing;
    }
    const scope = scopeOf(unit, { ...known, floor, now });
    const made = await makeParts(new Source(raw, scope), scope);
    return async () => {
      await writeMade(rollup, made, scope);
      const goesOn = made.some(({ series }) => series.some(({ times }) => isOpen(times, scope.end)));
      if (scope.end < scope.to && goesOn) marks.add(unit.site, [scope.end], now);
    };
  }

  async #holds(measurement: RollupName, { site, from, to }: Unit): Promise<boolean> {
    const series = await this.#parts.rollup.scan({ measurement, fields: [], from, to, tags: { site } });
    return series.length > 0;
  }

  #endOf(site: string, time: number): number {
    return this.#sites.get(site)?.local.at(time).day.to ?? time + quarterMs;
  }
}

const nothing = (): Promise<void> => Promise.resolve();

const tooLate = 'points came after those beside them were deleted; the windows stay as they were';

/** The first hour after what was deleted has nothing before it to go on from. */
const goneBefore = (expired: number): number => (expired === 0 ? 0 : expired + hourMs);

/** Whether something is still known in the last minute before the present: it goes on. */
const isOpen = (times: Float64Array, end: number): boolean => (times.at(-1) ?? 0) >= end - minuteMs;

/** What to say of a failure, in one line. */
export const rollFailure = (error: unknown): string => `windows cannot be made now: ${messageOf(error)}`;
