import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Change, Survivors } from './disk.ts';

/** What a disk writes whole. */
const sectorBytes = 512;

const whole = (count: number): number => count;

/** The first sectors of a write. */
const torn = (change: Change, part: number): Change => {
  if (change.kind !== 'write') return change;
  const sectors = Math.floor((change.bytes.length / sectorBytes) * part);
  return { ...change, bytes: change.bytes.subarray(0, Math.max(1, sectors * sectorBytes)) };
};

/** Ways in which a power cut may go, by name; the same seed gives the same subset. */
export const survivorsOf = (seed: number): Readonly<Record<string, Survivors>> => {
  const generator = xoroshiro128plus(seed);
  const below = (bound: number): number => uniformInt(generator, 0, bound - 1);
  return {
    'nothing that was not synced': { changes: () => [], entries: () => 0 },
    'no content, all names': { changes: () => [], entries: whole },
    'all of it': { changes: (changes) => changes, entries: whole },
    'all of it, the last write torn': {
      changes: (changes) =>
        changes.map((change, index) => (index === changes.length - 1 ? torn(change, 0.5) : change)),
      entries: whole,
    },
    'some of it in any order, torn': {
      changes: (changes) =>
        changes.filter(() => below(2) === 0).map((change) => (below(4) === 0 ? torn(change, 0.7) : change)),
      entries: (count) => below(count + 1),
    },
  };
};
