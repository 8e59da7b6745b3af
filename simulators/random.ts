import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

type Part = string | number;

/** Draws from one stream. Every method uses a fixed number of draws, except `poisson`. */
export class Random {
  private readonly generator: RandomGenerator;

  constructor(generator: RandomGenerator) {
    this.generator = generator;
  }

  /** In [0, 1). */
  float(): number {
    return uniformFloat64(this.generator);
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.float();
  }

  /** A whole number in [0, below). */
  index(below: number): number {
    return Math.floor(this.float() * below);
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  /** Normal with mean 0 and deviation 1 (Box and Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return radius * Math.cos(2 * Math.PI * this.float());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.float());
  }

  /** Knuth's product for small means, the normal approximation for large ones. */
  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.float(); product > floor; product *= this.float()) count++;
    return count;
  }

  pick<T>(first: T, ...rest: readonly T[]): T {
    return rest[this.index(rest.length + 1) - 1] ?? first;
  }

  /** One of several, by weight; `undefined` of none. */
  weighted<T>(choices: readonly T[], weightOf: (choice: T) => number): T | undefined {
    let ticket = this.float() * choices.reduce((sum, choice) => sum + weightOf(choice), 0);
    for (const choice of choices) {
      ticket -= weightOf(choice);
      if (ticket < 0) return choice;
    }
    return choices.at(-1);
  }
}

/**
 * Names a stream of random numbers. Streams are derived by name, never shared: a device that is added draws
 * from a stream of its own and leaves all others as they were, and any day can be drawn without those before it.
 */
export class Seed {
  private readonly high: number;
  private readonly low: number;

  private constructor(high: number, low: number) {
    this.high = high;
    this.low = low;
  }

  static of(seed: number): Seed {
    return new Seed(0x9e3779b9, 0x85ebca6b).derive(seed);
  }

  derive(...parts: readonly Part[]): Seed {
    let { high, low } = this;
    const mix = (word: number): void => {
      high = Math.imul(high ^ word, 0x9e3779b1);
      low = Math.imul(low ^ word, 0x85ebca77);
      high = (high ^ (high >>> 15)) + (low << 7);
      low = (low ^ (low >>> 13)) + (high << 3);
    };
    for (const part of parts) {
      if (typeof part === 'string') {
        for (let at = 0; at < part.length; at++) mix(part.charCodeAt(at));
        mix(-1 - part.length);
      } else {
        mix(part | 0);
        mix(Math.floor(part / 2 ** 32) | 0);
      }
    }
    return new Seed(finish(high ^ low), finish(low + Math.imul(high, 0xc2b2ae3d)));
  }

  /** A fresh stream under this name; the same one at each call. */
  random(...parts: readonly Part[]): Random {
    const { high, low } = parts.length === 0 ? this : this.derive(...parts);
    return new Random(xoroshiro128plusFromState([high, low, finish(low ^ 0x27d4eb2f), finish(high) | 1]));
  }
}

/** Avalanche of a 32-bit word, after MurmurHash3's finaliser. */
const finish = (word: number): number => {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
};
