import { anyCount, Counter, type CounterRule } from './counter.ts';
import { cut, type Grid } from './grid.ts';
import type { LocalDay, LocalTime } from './local-time.ts';
import type { FillingOf, PartOf } from './parts.ts';
import type { Change } from './presence.ts';
import { held, type Report } from './state.ts';

/** More than ten people a second do not pass a counter; a hundred at once may after a silence. */
const passages: CounterRule = { ...anyCount, perSecondMax: 10, amountMin: 100 };

/** People who passed a counter, told at an instant. */
export interface Passage {
  readonly time: number;
  readonly in: number;
  readonly out: number;
}

/**
 * What passed a counter, by its totals and, from sensors that count by interval, by their counts. People count at the
 * report that tells of them.
 * @param reports measurement `occupancy` of a counter, in order of time
 */
export const passagesOf = (reports: readonly Report[]): readonly Passage[] =>
  [
    ...stepsOf(reports, 'in_total').map(({ to, amount }) => ({ time: to, in: amount, out: 0 })),
    ...stepsOf(reports, 'out_total').map(({ to, amount }) => ({ time: to, in: 0, out: amount })),
    ...reports
      .filter(({ fields }) => fields.in_count !== undefined || fields.out_count !== undefined)
      .map(({ time, fields }) => ({ time, in: fields.in_count ?? 0, out: fields.out_count ?? 0 })),
  ].sort((a, b) => a.time - b.time);

const stepsOf = (reports: readonly Report[], field: 'in_total' | 'out_total') => {
  const counter = new Counter(passages);
  for (const { time, fields } of reports) {
    const value = fields[field];
    if (value !== undefined) counter.push({ time, value });
  }
  counter.finish();
  return counter.steps;
};

/** A counter in each window of a grid. */
export const gateParts = (
  reports: readonly Report[],
  maxSilenceMs: number,
  grid: Grid,
): readonly PartOf<'gate'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'gate'> => ({}));
  for (const { from, to } of held(reports, maxSilenceMs)) {
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part !== undefined) part.valid_ms = (part.valid_ms ?? 0) + (end - start);
    });
  }
  for (const passage of passagesOf(reports)) {
    const part = parts[Math.floor((passage.time - grid.from) / grid.everyMs)];
    if (part === undefined) continue;
    part.in = (part.in ?? 0) + passage.in;
    part.out = (part.out ?? 0) + passage.out;
  }
  return parts;
};

/** The reset of a local day: when nobody is there, so that counters begin again. */
export const resetOf = (local: LocalTime, day: LocalDay, resetHour: number): number =>
  local.hourOn(day, resetHour);

/**
 * What counters change in their group: people in less people out since the reset hour, and, where a counter only sees
 * and does not count, the people whom it sees. The group's people are never negative (presence.ts).
 * @param gates reports of each counter of the group, in order of time, from the last reset before what matters
 */
export const gateChanges = (
  gates: readonly { readonly reports: readonly Report[]; readonly maxSilenceMs: number }[],
  resets: readonly number[],
): readonly Change[] => {
  const changes: Change[] = [];
  const passed: Passage[] = [];
  for (const { reports, maxSilenceMs } of gates) {
    const own = passagesOf(reports);
    passed.push(...own);
    const counts = own.length > 0;
    for (const { from, to, report } of held(reports, maxSilenceMs)) {
      const people = counts ? 0 : (report.fields.people ?? 0);
      changes.push({ time: from, known: 1, people, free: 0 });
      changes.push({ time: to, known: -1, people: -people, free: 0 });
    }
  }
  return [...changes, ...balance(passed, resets)];
};

/** The balance of all passages, set back to nobody at each reset. */
const balance = (passed: readonly Passage[], resets: readonly number[]): readonly Change[] => {
  const changes: Change[] = [];
  const ordered = passed.toSorted((a, b) => a.time - b.time);
  let place = 0;
  let people = 0;
  const take = (until: number): void => {
    for (let next = ordered[place]; next !== undefined && next.time < until; next = ordered[place]) {
      const difference = next.in - next.out;
      changes.push({ time: next.time, known: 0, people: difference, free: 0 });
      people += difference;
      place++;
    }
  };
  for (const reset of resets.toSorted((a, b) => a - b)) {
    take(reset);
    if (people !== 0) changes.push({ time: reset, known: 0, people: -people, free: 0 });
    people = 0;
  }
  take(Number.POSITIVE_INFINITY);
  return changes;
};
