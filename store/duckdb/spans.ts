/** A stretch of time, both ends inside, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Quiet for longer than this and a new span begins. */
const gapMs = 3_600_000;
/** Each span costs a statement; beyond this many the narrowest gaps are bridged. */
const spansMax = 8;

/**
 * The few stretches in which a batch's times lie. A merge reads the stored rows of a whole span, so one late point
 * beside fresh ones must not stretch a single span over all that was stored since.
 */
export const toSpans = (times: readonly number[]): Span[] => {
  const sorted = [...times].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const gaps: { end: number; start: number }[] = [];
  let previous = first;
  for (const time of sorted) {
    if (time - previous > gapMs) gaps.push({ end: previous, start: time });
    previous = time;
  }
  const cuts = gaps
    .sort((a, b) => b.start - b.end - (a.start - a.end))
    .slice(0, spansMax - 1)
    .sort((a, b) => a.start - b.start);
  return [...cuts, { end: last, start: last }].map(({ end }, index) => ({
    from: cuts[index - 1]?.start ?? first,
    to: end,
  }));
};
