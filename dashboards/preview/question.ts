import { z } from 'zod';
import type { LintedDashboard, LintedPanel, LintedVariable } from '../lint/dashboard.ts';

/** A span, [from, to), epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What the reader chose in each variable: one value, several, or all. */
export type Choices = ReadonlyMap<string, readonly string[] | 'all'>;

const all = '$__all';

/** The choices with which a board opens. */
export const openingChoices = (dashboard: LintedDashboard): Choices =>
  new Map(
    dashboard.templating.list.map((variable) => {
      const { value } = currentOf(variable);
      const values = [value].flat();
      return [variable.name, values.includes(all) ? 'all' : values];
    }),
  );

const current = z.object({ value: z.union([z.string(), z.array(z.string())]) });
const currentOf = (variable: LintedVariable) => current.parse(variable.current);

/** `${name:regex}`: one value escaped, several in brackets, the variable's own text for all of them. */
const asRegex = (dashboard: LintedDashboard, choices: Choices, name: string): string => {
  const choice = choices.get(name);
  if (choice === undefined) throw new Error(`no variable "${name}" on ${dashboard.uid}`);
  const variable = dashboard.templating.list.find((entry) => entry.name === name);
  if (choice === 'all') return z.string().parse(variable?.allValue);
  const escaped = choice.map((value) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&'));
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
};

export const interpolate = (text: string, dashboard: LintedDashboard, choices: Choices): string =>
  text.replace(/\$\{(\w+):regex\}/g, (_, name: string) => asRegex(dashboard, choices, name));

/** The span that a panel shows: that of the board, or its own last minutes or days. */
export const spanOf = (panel: LintedPanel, { from, to }: Span): Span => {
  const [, amount, unit] = /^(\d+)([md])$/.exec(z.string().default('').parse(panel.timeFrom)) ?? [];
  if (amount === undefined) return { from, to };
  return { from: to - Number(amount) * (unit === 'd' ? units.d : units.m), to };
};

/** What Grafana asks for a panel of a board that shows a span, one text for each query. */
export const questionsOf = (
  panel: LintedPanel,
  dashboard: LintedDashboard,
  choices: Choices,
  span: Span,
): string[] => {
  const shown = spanOf(panel, span);
  return panel.targets.map(({ query }) =>
    bound(interpolate(query, dashboard, choices), shown).replaceAll(
      '$__interval',
      intervalOf(panel.interval ?? '1m', shown.to - shown.from),
    ),
  );
};

const bound = (query: string, { from, to }: Span): string =>
  query.replaceAll('$timeFilter', `time >= ${from}ms and time <= ${to}ms`);

/** What Grafana asks for the marks of a board, one text for each. */
export const marksOf = (dashboard: LintedDashboard, choices: Choices, span: Span): string[] =>
  (dashboard.annotations?.list ?? []).map(({ target }) =>
    bound(interpolate(target?.query ?? '', dashboard, choices), span),
  );

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Steps that Grafana rounds an interval to, in minutes. */
const steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1_440, 10_080];
/** Points that a panel of usual width has room for. */
const pointsMax = 900;

/** Grafana's window: what fits the width, rounded to a usual step, not below the panel's smallest. */
const intervalOf = (smallest: string, rangeMs: number): string => {
  const [, amount = '1', unit = 'm'] = /^(\d+)([mhd])$/.exec(smallest) ?? [];
  const least = Number(amount) * (units[unit as keyof typeof units] / units.m);
  const fits = steps.find((step) => step >= rangeMs / pointsMax / units.m) ?? 10_080;
  return `${Math.max(least, fits)}m`;
};
