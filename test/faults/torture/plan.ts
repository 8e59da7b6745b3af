import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** When a process is killed: so long after its start was asked for, or after its devices connected. */
export interface Kill {
  readonly phase: 'start' | 'load';
  readonly delayMs: number;
}

/** A start with opening, replay and recovery takes about half a second here; its kills reach beyond that. */
const startMsMax = 600;
const loadMsMax = 300;
const loadsOfTen = 7;

/** The same seed gives the same kills. Where exactly they hit is up to the machine. */
export const killPlan = (seed: number, rounds: number): Kill[] => {
  const generator = xoroshiro128plus(seed);
  const below = (bound: number): number => uniformInt(generator, 0, bound - 1);
  return Array.from(
    { length: rounds },
    (): Kill =>
      below(10) < loadsOfTen
        ? { phase: 'load', delayMs: below(loadMsMax) }
        : { phase: 'start', delayMs: below(startMsMax) },
  );
};
