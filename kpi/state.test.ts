import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minutes, reportsOf } from '../test/kpi/support.ts';
import { held, inOrder, type Report } from './state.ts';

const intervals = (reports: readonly Report[], silenceMinutes: number, field?: string) =>
  [...held(reports, minutes(silenceMinutes), field)].map(({ from, to, report }) => [
    from / 60_000,
    to / 60_000,
    report.fields.occupied,
  ]);

test('a report holds until the next one, and no longer than the maximum silence', () => {
  const reports = reportsOf('occupied', 0, [
    [0, 1],
    [4, 0],
    [30, 1],
  ]);
  expect(intervals(reports, 10)).toEqual([
    [0, 4, 1],
    [4, 14, 0],
    [30, 40, 1],
  ]);
});

test('a report that leaves a field out leaves its state as it is', () => {
  const reports = [
    { time: 0, fields: { occupied: 1 } },
    { time: minutes(5), fields: { dwell_s: 300 } },
    { time: minutes(8), fields: { occupied: 0 } },
  ];
  expect(intervals(reports, 10, 'occupied')).toEqual([
    [0, 8, 1],
    [8, 18, 0],
  ]);
});

test('reports of one instant are one: the later word wins, what it leaves out stays', () => {
  expect(
    inOrder([
      { time: 5, fields: { occupied: 1 } },
      { time: 1, fields: { occupied: 0, people: 2 } },
      { time: 1, fields: { occupied: 1 } },
    ]),
  ).toEqual([
    { time: 1, fields: { occupied: 1, people: 2 } },
    { time: 5, fields: { occupied: 1 } },
  ]);
});

test('shuffled and repeated reports give the same order', () => {
  const report = fc.record({ time: fc.integer({ min: 0, max: 50 }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(report, { selector: ({ time }) => time }),
      fc.infiniteStream(fc.nat()),
      (all, keys) => {
        const reports = all.map(({ time }) => ({ time, fields: { occupied: time % 2 } }));
        const shuffled = [...reports, ...reports]
          .map((one) => [keys.next().value ?? 0, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(inOrder(shuffled)).toEqual(reports.toSorted((a, b) => a.time - b.time));
      },
    ),
  );
});
