import type { Fields } from '../model/point.ts';
import type { Window } from './figure.ts';

/** One report of a series: a point without its tags. */
export interface Report {
  readonly time: number;
  readonly fields: Fields;
}

/** A stretch in which the state of a device is known: what a report said holds until the next one, or too long. */
export interface Held<R extends Report = Report> extends Window {
  readonly report: R;
}

/**
 * Puts reports into order of time and joins those of one instant (a later word wins), so that shuffled, repeated and
 * late reports give what the store would have given. Reports in order and without repeats are returned as they are.
 */
export const inOrder = (reports: readonly Report[]): readonly Report[] => {
  if (isInOrder(reports)) return reports;
  const ordered: Report[] = [];
  for (const report of reports.toSorted((a, b) => a.time - b.time)) {
    const before = ordered.at(-1);
    if (before?.time !== report.time) ordered.push(report);
    else ordered[ordered.length - 1] = { ...report, fields: { ...before.fields, ...report.fields } };
  }
  return ordered;
};

const isInOrder = (reports: readonly Report[]): boolean => {
  for (let index = 1; index < reports.length; index++) {
    const [before, after] = [reports[index - 1], reports[index]];
    if (before !== undefined && after !== undefined && before.time >= after.time) return false;
  }
  return true;
};

/**
 * The known-state intervals of a series: the last report holds until the next one, and no longer than the device's
 * maximum silence. They do not overlap and come in order of time.
 * @param reports in order of time (see `inOrder`), from at least `maxSilenceMs` before the first window that matters
 * @param field where given, only reports that carry it count: a field that a report leaves out keeps its state
 */
export function* held(reports: readonly Report[], maxSilenceMs: number, field?: string): Generator<Held> {
  let current: Report | undefined;
  for (const report of reports) {
    if (field !== undefined && report.fields[field] === undefined) continue;
    if (current !== undefined) yield heldFrom(current, report.time, maxSilenceMs);
    current = report;
  }
  if (current !== undefined) yield heldFrom(current, Number.POSITIVE_INFINITY, maxSilenceMs);
}

const heldFrom = (report: Report, next: number, maxSilenceMs: number): Held => ({
  from: report.time,
  to: Math.min(next, report.time + maxSilenceMs),
  report,
});

/** Stretches side by side that agree become one. */
export interface Steady<S> extends Window {
  readonly state: S;
}

/** Joins neighbouring known-state intervals in which nothing changed: far fewer, for the same time. */
export function* steady<S>(
  intervals: Iterable<Held>,
  stateOf: (report: Report) => S,
  same: (a: S, b: S) => boolean,
): Generator<Steady<S>> {
  let current: { from: number; to: number; state: S } | undefined;
  for (const { from, to, report } of intervals) {
    const state = stateOf(report);
    if (current !== undefined && current.to === from && same(current.state, state)) {
      current.to = to;
      continue;
    }
    if (current !== undefined) yield current;
    current = { from, to, state };
  }
  if (current !== undefined) yield current;
}
