import type { Estimate, SavingsAssumptions } from '../model/savings.ts';
import { type Evidence, elapsedOf, row } from './evidence.ts';
import type { Figure, Window } from './figure.ts';
import { hoursOf, type LocalTime } from './local-time.ts';

const statistics = ['low', 'expected', 'high'] as const;
type Range = Readonly<Record<(typeof statistics)[number], number>>;

/** What is saved in a year, in euro, each item a formula over the assumptions of the site file. */
export const savingsPerYear = (assumptions: SavingsAssumptions) => {
  const { meetings_per_year, trips_avoided_per_meeting, cost_per_trip } = assumptions;
  const items = {
    travel: product(meetings_per_year, trips_avoided_per_meeting, cost_per_trip),
    telephone: range(({ telephone_per_year }) => telephone_per_year, assumptions),
    licences: range(({ licences_per_year }) => licences_per_year, assumptions),
    energy: range(({ energy_per_year }) => energy_per_year, assumptions),
  };
  return { ...items, total: total(Object.values(items)) } as const;
};

const perStatistic = (of: (statistic: keyof Range) => number): Range => ({
  low: of('low'),
  expected: of('expected'),
  high: of('high'),
});
const product = (...factors: readonly Estimate[]): Range =>
  perStatistic((statistic) => factors.reduce((value, factor) => value * factor[statistic], 1));
const range = (of: (assumptions: SavingsAssumptions) => Estimate, assumptions: SavingsAssumptions): Range =>
  perStatistic((statistic) => of(assumptions)[statistic]);
const total = (items: readonly Range[]): Range =>
  perStatistic((statistic) => items.reduce((sum, item) => sum + item[statistic], 0));

/** The savings of a window: its days' share of the year. */
export const savings = (evidence: Evidence): readonly Figure[] => {
  const { window, local, site } = evidence;
  const known = { validMs: elapsedOf(window), elapsedMs: elapsedOf(window) };
  if (site.savings === undefined) {
    return [row('savings', evidence, known, 'no_assumptions', { by: { item: 'total' } })];
  }
  const years = yearsOf(window, local);
  return Object.entries(savingsPerYear(site.savings)).flatMap(([item, euro]) =>
    statistics.map((statistic) =>
      row('savings', evidence, known, euro[statistic] * years, { by: { item, statistic } }),
    ),
  );
};

/** Local days of a window, each the same share of its year. */
const yearsOf = (window: Window, local: LocalTime): number =>
  local.daysOf(window).reduce((years, day) => {
    const inside = { from: Math.max(day.from, window.from), to: Math.min(day.to, window.to) };
    return years + hoursOf(inside) / hoursOf(day) / day.daysInYear;
  }, 0);
