import { type Point, pointKey } from '../../model/point.ts';
import type { Store, WriteResult } from '../../store/store.ts';

/** What the next write does: an error, or an answer in place of "all stored". */
export type Step = Error | ((points: readonly Point[]) => WriteResult | Promise<WriteResult>);

const notAsked = (): Promise<never> => Promise.reject(new Error('this store only writes'));

/** A store that does as told write by write, then takes everything. It remembers what it took by identity. */
export class ScriptedStore implements Store {
  readonly name = 'scripted';
  readonly #steps: Step[];
  /** The times of the points of each write, in order of the calls. */
  readonly writes: number[][] = [];
  readonly held = new Map<string, Point>();

  constructor(...steps: Step[]) {
    this.#steps = steps;
  }

  async write(points: readonly Point[]): Promise<WriteResult> {
    this.writes.push(points.map(({ time }) => time));
    const step = this.#steps.shift();
    if (step instanceof Error) throw step;
    const result = (await step?.(points)) ?? { stored: points.length, rejected: [] };
    const rejected = new Set(result.rejected.map(({ index }) => index));
    for (const [index, point] of points.entries()) {
      if (!rejected.has(index)) this.held.set(pointKey(point), point);
    }
    return result;
  }

  /** The times of all that it holds, in order. */
  get times(): number[] {
    return [...this.held.values()].map(({ time }) => time).sort((a, b) => a - b);
  }

  range = notAsked;
  aggregate = notAsked;
  latest = notAsked;
  ping = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();
}
