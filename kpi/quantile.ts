import { latencyEdgesMs, type PartOf } from './parts.ts';

/**
 * Quantile of values in order, with straight lines between them (Hyndman & Fan 1996, type 7: what spreadsheets do).
 * @param share 0 to 1
 */
export const quantile = (ascending: readonly number[], share: number): number | undefined => {
  const place = (ascending.length - 1) * share;
  const lower = ascending[Math.floor(place)];
  const upper = ascending[Math.ceil(place)];
  if (lower === undefined || upper === undefined) return undefined;
  return lower + (upper - lower) * (place - Math.floor(place));
};

/** The place of a latency in the histogram: the first bucket whose upper edge is not below it. */
export const latencyBucket = (latencyMs: number): number => {
  const place = latencyEdgesMs.findIndex((edge) => latencyMs <= edge);
  return place < 0 ? latencyEdgesMs.length : place;
};

/**
 * Quantile of latencies from their histogram: a straight line through the bucket that holds it, so it is right to the
 * width of one bucket, a quarter of the value at most. Above the last edge it is that edge.
 */
export const latencyQuantile = (part: PartOf<'probe'>, share: number): number | undefined => {
  const wanted = (part.latency_count ?? 0) * share;
  if (wanted <= 0) return undefined;
  let below = 0;
  for (const [index, edge] of latencyEdgesMs.entries()) {
    const inside = part[`latency_b${index}`] ?? 0;
    if (below + inside >= wanted) {
      const start = latencyEdgesMs[index - 1] ?? 0;
      return start + ((edge - start) * (wanted - below)) / inside;
    }
    below += inside;
  }
  return latencyEdgesMs.at(-1);
};
