import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import type { Point } from '../../model/point.ts';
import type { RollupName } from '../../model/rollup/rollups.ts';
import type { History } from '../../store/history.ts';
import { hourMs, quarterMs } from '../grid.ts';
import type { Marks, Unit } from './marks.ts';

export interface MarkTellerParts {
  readonly marks: Marks;
  readonly rollup: History<RollupName>;
  /** Name of this worker: no other one on the store has it. */
  readonly worker: string;
  readonly clock: Clock;
}

/** Quarter hours told in one write, at most. */
const tellMs = 30 * 24 * hourMs;

/**
 * Tells the worker that makes the windows, by way of the store, where this one has stored points. Points are in the
 * store before their mark is; a mark is on this disk until it is in the store. So whoever reads a mark finds the points.
 */
export class MarkTeller {
  readonly #parts: MarkTellerParts;
  #noted = 0;

  constructor(parts: MarkTellerParts) {
    this.#parts = parts;
  }

  /**
   * @returns whether there was anything to tell
   * @throws ApertoError of the store; it is told again later
   */
  async tellNext(): Promise<boolean> {
    const { marks, rollup } = this.#parts;
    const unit = marks.take(Number.POSITIVE_INFINITY, (_, time) => time + tellMs);
    if (unit === undefined) return false;
    try {
      const { rejected } = await rollup.write(this.#marksOf(unit));
      const [first] = rejected;
      if (first !== undefined) throw new ApertoError('store_rejected', `marks: ${first.reason}`);
    } catch (error) {
      marks.failed(unit);
      throw error;
    }
    marks.done(unit);
    return true;
  }

  /** Tells all there is. */
  async tellAll(): Promise<void> {
    while (await this.tellNext());
  }

  #marksOf({ site, from, to }: Unit): readonly Point<RollupName>[] {
    const { worker, clock } = this.#parts;
    // Never the same twice: it is by another value that more points are known of.
    const noted = Math.max(clock.now(), this.#noted + 1);
    this.#noted = noted;
    return Array.from({ length: (to - from) / quarterMs }, (_, index) => ({
      measurement: 'mark',
      tags: { site, worker },
      fields: { noted },
      time: from + index * quarterMs,
    }));
  }
}
