import { MarkTeller } from '../../kpi/rollup/mark-teller.ts';
import { Marks } from '../../kpi/rollup/marks.ts';
import { notePoints } from '../../kpi/rollup/note.ts';
import { Watermarks } from '../../kpi/rollup/watermarks.ts';
import type { Point } from '../../model/point.ts';
import type { Duty } from './duty.ts';
import type { HistoryParts } from './history.ts';

/** Another worker makes the windows: it is told where this one has stored points. */
export class MarkTelling implements Duty {
  readonly #parts: HistoryParts;
  readonly #sites: ReadonlySet<string>;
  readonly #marks: Marks;
  readonly #teller: MarkTeller;
  readonly #watermarks: Watermarks;
  #known: ReadonlyMap<string, number> = new Map();

  constructor(parts: HistoryParts, worker: string) {
    const { histories, marksPath, sites, clock } = parts;
    this.#parts = parts;
    this.#sites = new Set(sites.map(({ id }) => id));
    this.#marks = Marks.open(marksPath);
    const common = { rollup: histories.rollup, worker, clock };
    this.#teller = new MarkTeller({ ...common, marks: this.#marks });
    this.#watermarks = new Watermarks({ ...common, sites: this.#sites });
  }

  noteStored(points: readonly Point[]): void {
    notePoints(this.#marks, this.#sites, points, this.#parts.clock.now());
  }

  async step(): Promise<boolean> {
    const told = await this.#teller.tellNext();
    if (!told) this.#known = await this.#watermarks.read();
    return told;
  }

  finish(): Promise<void> {
    return this.#teller.tellAll();
  }

  watermark(site: string): number {
    return this.#known.get(site) ?? 0;
  }

  close(): void {
    this.#marks.close();
  }
}
