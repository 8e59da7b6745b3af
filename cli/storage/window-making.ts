import { Heard } from '../../kpi/rollup/heard.ts';
import { MarkListener } from '../../kpi/rollup/mark-listener.ts';
import { Marks } from '../../kpi/rollup/marks.ts';
import { Retention } from '../../kpi/rollup/retention.ts';
import { Roller } from '../../kpi/rollup/roller.ts';
import { Watermarks } from '../../kpi/rollup/watermarks.ts';
import type { Point } from '../../model/point.ts';
import type { Duty } from './duty.ts';
import type { HistoryParts } from './history.ts';

const gatherMs = 10_000;
const retentionEveryMs = 3_600_000;
/** Points older than this are in no store that this version has written. */
const historyMs = 400 * 24 * 3_600_000;

/** What several workers on one store need beside. */
interface Others {
  readonly heard: Heard;
  readonly listener: MarkListener;
  readonly watermarks: Watermarks;
}

/** Makes windows and deletes what is too old. */
export class WindowMaking implements Duty {
  readonly #parts: HistoryParts;
  readonly #marks: Marks;
  readonly #roller: Roller;
  readonly #retention: Retention;
  readonly #others: Others | undefined;
  #expireAt: number;
  #rivals = '';

  /** @throws ApertoError `config` where the marks cannot be opened, or for a site whose settings cannot be */
  constructor(parts: HistoryParts, worker: string | undefined) {
    const { histories, marksPath, clock, log } = parts;
    const sites = new Map(parts.sites.map((site) => [site.id, site]));
    this.#parts = parts;
    this.#marks = Marks.open(marksPath);
    const common = { ...histories, marks: this.#marks, sites, clock };
    this.#roller = new Roller({ ...common, log, gatherMs });
    this.#retention = new Retention(common);
    this.#expireAt = clock.now();
    if (worker !== undefined) {
      const heard = new Heard(marksPath);
      this.#others = {
        heard,
        listener: new MarkListener({ ...common, heard }),
        watermarks: new Watermarks({ rollup: histories.rollup, sites: [...sites.keys()], worker, clock }),
      };
    }
  }

  noteStored(points: readonly Point[]): void {
    this.#roller.noteStored(points);
  }

  async step(): Promise<boolean> {
    const { clock } = this.#parts;
    await this.#noteOnce();
    await this.#hearOthers();
    const rolled = await this.#roller.rollNext();
    if (!rolled && clock.now() >= this.#expireAt) {
      await this.#expire();
      this.#expireAt = clock.now() + retentionEveryMs;
    }
    return rolled;
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  watermark(site: string): number {
    return this.#roller.watermark(site) ?? 0;
  }

  close(): void {
    this.#others?.heard.close();
    this.#marks.close();
  }

  /** A store that was filled before there were marks is gone through once. */
  async #noteOnce(): Promise<void> {
    if (this.#marks.isNew) {
      await this.#roller.noteHistory(this.#parts.clock.now() - historyMs);
      this.#marks.setKnown();
    }
  }

  async #hearOthers(): Promise<void> {
    if (this.#others === undefined) return;
    const { listener, watermarks } = this.#others;
    await listener.listen();
    const told = await watermarks.tell((site) => this.#roller.watermark(site));
    if (told) this.#warnOf(await watermarks.rivals());
  }

  #warnOf(rivals: readonly string[]): void {
    const names = rivals.join(', ');
    if (names !== '' && names !== this.#rivals) {
      this.#parts.log.warn(
        { workers: rivals },
        `${names} makes windows of the same sites; let one worker make them, all others run with --native-only`,
      );
    }
    this.#rivals = names;
  }

  /** Not before all is heard: what came late for a time long ago is made into windows first. */
  async #expire(): Promise<void> {
    await this.#others?.listener.listenToAll();
    await this.#retention.run();
    for (const { id } of this.#parts.sites) this.#others?.heard.forget(id, this.#marks.expiredBefore(id));
  }
}
