import { expect, test } from 'vitest';
import { at, evidenceOf, minutes, rome, tableOf } from '../test/kpi/support.ts';
import { counterDrift } from './drift.ts';
import { gateChanges, gateParts, passagesOf, resetOf } from './gate.ts';
import { gridOf, hourMs, quarterMs } from './grid.ts';
import { peoplePresent } from './occupancy.ts';
import { presenceParts } from './presence.ts';
import { defaultKpiSettings } from './settings.ts';
import type { Report } from './state.ts';

const { day } = rome.at(at('2026-06-23T12:00+02:00'));
const nine = at('2026-06-23T09:00+02:00');
const every5 = (totals: readonly (readonly [number, number])[], start = nine): readonly Report[] =>
  totals.map(([in_total, out_total], index) => ({
    time: start + minutes(5 * index),
    fields: { in_total, out_total },
  }));

test('passages are differences of totals, and counts of intervals as they are', () => {
  expect(
    passagesOf(
      every5([
        [100, 80],
        [103, 81],
        [103, 83],
        [105, 83],
      ]),
    ).filter((one) => one.in + one.out > 0),
  ).toEqual([
    { time: nine + minutes(5), in: 3, out: 0 },
    { time: nine + minutes(5), in: 0, out: 1 },
    { time: nine + minutes(10), in: 0, out: 2 },
    { time: nine + minutes(15), in: 2, out: 0 },
  ]);
  expect(passagesOf([{ time: nine, fields: { in_count: 4, out_count: 1 } }])).toEqual([
    { time: nine, in: 4, out: 1 },
  ]);
});

test('a counter that starts again counts from zero', () => {
  const passed = passagesOf(
    every5([
      [100, 80],
      [104, 82],
      [1, 0],
      [3, 2],
      [4, 4],
    ]),
  );
  expect(passed.reduce((sum, one) => sum + one.in, 0)).toBe(4 + 1 + 2 + 1);
  expect(passed.reduce((sum, one) => sum + one.out, 0)).toBe(2 + 0 + 2 + 2);
});

test('the reset hour is four on the clock, on days of 23 and 25 hours too', () => {
  const hourOf = (noon: string): number => {
    const { day: of } = rome.at(at(noon));
    return (resetOf(rome, of, 4) - of.from) / hourMs;
  };
  expect([hourOf('2026-03-29T12:00Z'), hourOf('2026-10-25T12:00Z'), hourOf('2026-06-23T12:00Z')]).toEqual([
    3, 5, 4,
  ]);
});

/** Both ways in every five minutes, from the evening before. */
const steady = (inRise: number, outRise: number, from: number, count: number): readonly Report[] =>
  every5(
    Array.from({ length: count }, (_, index) => [1000 + inRise * index, 1000 + outRise * index]),
    from,
  );

test('people are in less out since the reset, over all counters, never negative', () => {
  const resets = [resetOf(rome, day, 4)];
  const gates = [
    {
      reports: every5([
        [10, 0],
        [14, 0],
        [14, 0],
        [14, 0],
        [14, 0],
      ]),
      maxSilenceMs: minutes(5),
    },
    {
      reports: every5([
        [0, 20],
        [0, 20],
        [0, 21],
        [0, 27],
        [0, 27],
      ]),
      maxSilenceMs: minutes(5),
    },
  ];
  const window = { from: nine, to: nine + minutes(25) };
  const parts = presenceParts(
    gateChanges(gates, resets),
    { devices: 2, capacity: 10, source: 'counters' },
    gridOf(window, minutes(5)),
    defaultKpiSettings,
  );
  expect(parts.map(({ people_peak }) => people_peak)).toEqual([0, 4, 3, 0, 0]);
  const rows = parts.map((part, index) => ({
    time: nine + minutes(5 * index),
    part,
    source: 'counters' as const,
  }));
  const made = evidenceOf({ window, devices: { counter: 2 }, rows: { presence: rows } });
  expect(tableOf(peoplePresent(made))).toEqual({ 'counters mean': 7 / 5, 'counters peak': 4 });
});

test('at the reset everybody is gone, and the correction is the drift', () => {
  const { day: before } = rome.at(day.from - 1);
  const last = resetOf(rome, before, 4);
  const reset = resetOf(rome, day, 4);
  // From reset to reset: 289 readings, 288 differences of 2 in and 1 out, one of them after the reset.
  const reports = steady(2, 1, last - minutes(5), 290);
  const changes = gateChanges([{ reports, maxSilenceMs: minutes(10) }], [last, reset]);
  const [empty] = presenceParts(
    changes,
    { devices: 1, capacity: 10, source: 'counters' },
    gridOf({ from: reset, to: reset + minutes(5) }, minutes(5)),
    defaultKpiSettings,
  );
  expect(empty?.people_peak).toBe(1);
  const grid = gridOf({ from: last, to: day.to }, quarterMs);
  const rows = gateParts(reports, minutes(10), grid).map((part, index) => ({
    time: last + index * quarterMs,
    part,
  }));
  expect(counterDrift(evidenceOf({ window: day, rows: { gate: rows } }))[0]).toMatchObject({
    value: 288,
    validMinutes: 1440,
    coverage: 1,
  });
  const atReset = { from: reset, to: reset + hourMs };
  expect(counterDrift(evidenceOf({ window: atReset, rows: { gate: rows } }))[0]?.value).toBe(288);
  const noon = { from: nine, to: nine + hourMs };
  expect(counterDrift(evidenceOf({ window: noon, rows: { gate: rows } }))[0]?.reason).toBe('no_reset');
});
