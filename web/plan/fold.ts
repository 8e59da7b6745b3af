/** A stretch of the street along x, in metres. */
export interface Strip {
  readonly from: number;
  readonly to: number;
}

export interface Fold {
  readonly strips: readonly Strip[];
  /** Pixels of a metre. */
  readonly scale: number;
}

export interface Room {
  readonly widthPx: number;
  readonly heightPxMax: number;
  /** Fewer pixels a metre than this show no seats. */
  readonly scaleMin: number;
  /** Pixels between two strips. */
  readonly gapPx: number;
}

/** Where the plan may be cut: no zone lies across. */
export const cutsOf = (
  zones: readonly { readonly area: readonly (readonly [number, number])[] }[],
  width: number,
) => {
  const spans = zones.map(({ area }) => {
    const xs = area.map(([x]) => x);
    return { from: Math.min(...xs), to: Math.max(...xs) };
  });
  const edges = new Set([0, width, ...spans.flatMap(({ from, to }) => [from, to])]);
  return [...edges]
    .filter((x) => x >= 0 && x <= width && !spans.some(({ from, to }) => x > from && x < to))
    .toSorted((a, b) => a - b);
};

/** Strips no longer than `longest`, each as long as it may be; `undefined` where one piece is longer. */
const packed = (cuts: readonly number[], longest: number): readonly Strip[] | undefined => {
  const strips: Strip[] = [];
  let from = cuts[0] ?? 0;
  let to = from;
  for (const cut of cuts.slice(1)) {
    if (cut - to > longest) return undefined;
    if (cut - from > longest) {
      strips.push({ from, to });
      from = to;
    }
    to = cut;
  }
  return [...strips, { from, to }];
};

/** The best strips for each number of them: the longest strip is as short as it can be. */
const foldings = (cuts: readonly number[]): readonly (readonly Strip[])[] => {
  const lengths = new Set(cuts.flatMap((to) => cuts.filter((from) => from < to).map((from) => to - from)));
  const best = new Map<number, readonly Strip[]>();
  for (const longest of [...lengths].toSorted((a, b) => a - b)) {
    const strips = packed(cuts, longest);
    if (strips !== undefined && !best.has(strips.length)) best.set(strips.length, strips);
  }
  return [...best.values()].toSorted((a, b) => a.length - b.length);
};

/**
 * Folds a long street into strips of one scale, so that it fills the room: as large as the height allows, and never
 * smaller than what can be seen as long as there is a place to cut.
 */
export const fold = (cuts: readonly number[], heightM: number, room: Room): Fold => {
  const folds = foldings(cuts).map((strips) => {
    const scale = room.widthPx / Math.max(...strips.map(({ from, to }) => to - from));
    return { strips, scale, heightPx: strips.length * (heightM * scale + room.gapPx) };
  });
  const [first] = folds;
  if (first === undefined) return { strips: [{ from: 0, to: cuts.at(-1) ?? 1 }], scale: 1 };
  const fitting = folds.filter(({ heightPx }) => heightPx <= room.heightPxMax).at(-1) ?? first;
  return fitting.scale >= room.scaleMin
    ? fitting
    : (folds.find(({ scale }) => scale >= room.scaleMin) ?? folds.at(-1) ?? first);
};
