export type Place = readonly [number, number];

export interface Placed {
  readonly id: string;
  readonly at: Place;
}

/** Metres between two places of the plan. */
export const distance = (from: Place, to: Place): number => Math.hypot(from[0] - to[0], from[1] - to[1]);

/** Ranks entries from near to far as seen from a place; places are remembered by reference. */
export const ranking = <T extends Placed>(entries: readonly T[]): ((from: Place) => readonly T[]) => {
  const known = new WeakMap<Place, readonly T[]>();
  return (from) => {
    let ranked = known.get(from);
    if (ranked === undefined) {
      ranked = entries.toSorted((a, b) => distance(a.at, from) - distance(b.at, from));
      known.set(from, ranked);
    }
    return ranked;
  };
};

/** The middle of an area's corners. */
export const middleOf = (corners: readonly Place[]): Place => [
  corners.reduce((sum, [x]) => sum + x, 0) / corners.length,
  corners.reduce((sum, [, y]) => sum + y, 0) / corners.length,
];
