/** How a series of measurements goes on. */
export interface Trend {
  readonly median: number;
  /** Median change from one measurement to the next: one that is far off does not count for more than the others. */
  readonly slope: number;
}

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
};

/** Theil and Sen's estimate: the median of the slopes of all pairs. */
export const trendOf = (values: readonly number[]): Trend => {
  const slopes = values.flatMap((from, first) =>
    values.slice(first + 1).map((to, distance) => (to - from) / (distance + 1)),
  );
  return { median: medianOf(values), slope: medianOf(slopes) };
};

/** True where all of the series together rose by less than a share of its median, or by less than `leastRise`. */
export const isFlat = (values: readonly number[], shareMax: number, leastRise: number): boolean => {
  const { median, slope } = trendOf(values);
  return slope * values.length <= Math.max(median * shareMax, leastRise);
};
