import type { Figure } from './figure.ts';
import { kpiOf } from './kpis.ts';

/** A group of seats as rows tell of it. */
export interface SeatGroup {
  readonly id: string;
  readonly seats: number;
}

/**
 * The groups of which the public is not told: those of fewer than k seats; and, where they together are fewer than k
 * so that a total would give them away by subtraction, the smallest other ones until they are not.
 * @param groups all groups of one partition, e.g. the zones of a site
 */
export const withheldGroups = (groups: readonly SeatGroup[], k: number): ReadonlySet<string> => {
  const withheld = new Set<string>();
  let together = 0;
  for (const { id, seats } of groups.toSorted((a, b) => a.seats - b.seats)) {
    const isHidden = seats < k || (together > 0 && together < k);
    if (!isHidden) break;
    withheld.add(id);
    together += seats;
  }
  return withheld;
};

/** A figure as the public may see it: of people in a withheld group there is a reason in the place of the number. */
export const forPublic = (figure: Figure, isWithheld: boolean): Figure => {
  if (!isWithheld || !kpiOf(figure.kpi).people) return figure;
  const { value: _, ...form } = figure;
  return { ...form, reason: 'few_seats' };
};
