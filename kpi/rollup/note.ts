import type { Point } from '../../model/point.ts';
import type { Marks } from './marks.ts';

/**
 * Marks where points were stored, of those sites of which windows are made. When it returns, no crash can make it
 * forget.
 * @param at when, epoch milliseconds
 */
export const notePoints = (
  marks: Marks,
  sites: Pick<ReadonlyMap<string, unknown>, 'has'>,
  points: readonly Point[],
  at: number,
): void => {
  const times = new Map<string, number[]>();
  for (const { tags, time } of points) {
    const site = tags.site ?? '';
    if (!sites.has(site)) continue;
    const known = times.get(site);
    if (known === undefined) times.set(site, [time]);
    else known.push(time);
  }
  for (const [site, own] of times) marks.add(site, own, at);
};
