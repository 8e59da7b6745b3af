import { setTimeout } from 'node:timers/promises';
import type { RollupState } from '../../gateway/http/figures.ts';
import { type KpiAnswer, type KpiQuery, KpiReader } from '../../kpi/query/reader.ts';
import { backoffMs } from '../../model/backoff.ts';
import type { Clock } from '../../model/clock.ts';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import type { Histories } from '../../store/history.ts';
import type { Duty, Sharing } from './duty.ts';
import { MarkTelling } from './mark-telling.ts';
import { WindowMaking } from './window-making.ts';

export interface HistoryParts {
  readonly histories: Histories;
  /** SQLite file of the marks, or `:memory:`. */
  readonly marksPath: string;
  readonly sites: readonly Site[];
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
  /** Absent for the only one on its store. */
  readonly sharing?: Sharing;
}

const idleMs = 5_000;
/** Of the time that a step took, so that what is stored meanwhile is not kept waiting. */
const restShare = 0.25;
const backoff = { firstMs: 1_000, maxMs: 60_000 };

/** Keeps the windows beside the drain, or tells those who do, and answers with figures. */
export class HistoryKeeper {
  readonly #parts: HistoryParts;
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #duty: Duty;
  readonly #reader: KpiReader;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  /** @throws ApertoError `config` where the marks cannot be opened, or for a site whose settings cannot be */
  constructor(parts: HistoryParts) {
    const { histories, clock, sharing } = parts;
    this.#parts = parts;
    this.#sites = new Map(parts.sites.map((site) => [site.id, site]));
    this.#duty =
      sharing?.makesWindows === false
        ? new MarkTelling(parts, sharing.worker)
        : new WindowMaking(parts, sharing?.worker);
    this.#reader = new KpiReader({ rollup: histories.rollup, clock });
  }

  /** To be told before a batch is settled. */
  noteStored(points: readonly Point[]): void {
    this.#duty.noteStored(points);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends after the step that is under way. */
  async stop(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    await this.#running;
    await this.#duty.finish().catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, `marks stay here until the next start: ${messageOf(error)}`);
    });
  }

  async close(): Promise<void> {
    await this.stop();
    this.#duty.close();
  }

  /** @throws ApertoError `not_found`, those of the figure and of the store */
  async figures(site: string, query: KpiQuery): Promise<KpiAnswer> {
    const known = this.#sites.get(site);
    if (known === undefined) throw new ApertoError('not_found', `no site "${site}"`);
    return await this.#reader.read(known, query);
  }

  state(): readonly RollupState[] {
    return [...this.#sites.keys()].map((site) => ({ site, watermark: this.#duty.watermark(site) }));
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stop.signal.aborted; ) {
      try {
        const started = performance.now();
        const goesOn = await this.#duty.step();
        failures = 0;
        await this.#pause(goesOn ? restShare * (performance.now() - started) : idleMs);
      } catch (error) {
        failures++;
        this.#parts.log.warn({ err: error, failures }, `windows cannot be made now: ${messageOf(error)}`);
        await this.#pause(backoffMs(failures, backoff));
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
