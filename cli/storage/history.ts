import { setTimeout } from 'node:timers/promises';
import type { RollupState } from '../../gateway/http/figures.ts';
import { type KpiAnswer, type KpiQuery, KpiReader } from '../../kpi/query/reader.ts';
import { Marks } from '../../kpi/rollup/marks.ts';
import { Retention } from '../../kpi/rollup/retention.ts';
import { Roller } from '../../kpi/rollup/roller.ts';
import { backoffMs } from '../../model/backoff.ts';
import type { Clock } from '../../model/clock.ts';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import type { Histories } from '../../store/history.ts';

export interface HistoryParts {
  readonly histories: Histories;
  /** SQLite file of the marks, or `:memory:`. */
  readonly marksPath: string;
  readonly sites: readonly Site[];
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

const idleMs = 5_000;
const gatherMs = 10_000;
/** Of the time that a unit took, so that what is stored meanwhile is not kept waiting. */
const restShare = 0.25;
const retentionEveryMs = 3_600_000;
const backoff = { firstMs: 1_000, maxMs: 60_000 };
/** Points older than this are in no store that this version has written. */
const historyMs = 400 * 24 * 3_600_000;

/** Makes windows and deletes what is too old, beside the drain, and answers with figures. */
export class HistoryKeeper {
  readonly #parts: HistoryParts;
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #marks: Marks;
  readonly #roller: Roller;
  readonly #retention: Retention;
  readonly #reader: KpiReader;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  /** @throws ApertoError `config` where the marks cannot be opened, or for a site whose settings cannot be */
  constructor(parts: HistoryParts) {
    const { histories, clock, log } = parts;
    this.#parts = parts;
    this.#sites = new Map(parts.sites.map((site) => [site.id, site]));
    this.#marks = Marks.open(parts.marksPath);
    const common = { ...histories, marks: this.#marks, sites: this.#sites };
    this.#roller = new Roller({ ...common, clock, log, gatherMs });
    this.#retention = new Retention({ ...common, clock });
    this.#reader = new KpiReader({ ...common, clock });
  }

  /** To be told before a batch is settled. */
  noteStored(points: readonly Point[]): void {
    this.#roller.noteStored(points);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends after the unit that is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async close(): Promise<void> {
    await this.stop();
    this.#marks.close();
  }

  /** @throws ApertoError `not_found`, those of the figure and of the store */
  async figures(site: string, query: KpiQuery): Promise<KpiAnswer> {
    const known = this.#sites.get(site);
    if (known === undefined) throw new ApertoError('not_found', `no site "${site}"`);
    return await this.#reader.read(known, query);
  }

  state(): readonly RollupState[] {
    return [...this.#sites.keys()].map((site) => ({ site, watermark: this.#roller.watermark(site) ?? 0 }));
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts;
    let expireAt = clock.now();
    for (let failures = 0; !this.#stop.signal.aborted; ) {
      try {
        await this.#noteOnce();
        const started = performance.now();
        const rolled = await this.#roller.rollNext();
        if (!rolled && clock.now() >= expireAt) {
          await this.#retention.run();
          expireAt = clock.now() + retentionEveryMs;
        }
        failures = 0;
        await this.#pause(rolled ? restShare * (performance.now() - started) : idleMs);
      } catch (error) {
        failures++;
        this.#parts.log.warn({ err: error, failures }, `windows cannot be made now: ${messageOf(error)}`);
        await this.#pause(backoffMs(failures, backoff));
      }
    }
  }

  /** A store that was filled before there were marks is gone through once. */
  async #noteOnce(): Promise<void> {
    if (this.#marks.isNew) {
      await this.#roller.noteHistory(this.#parts.clock.now() - historyMs);
      this.#marks.setKnown();
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
