import { expect, test } from 'vitest';
import { at, minutes, reportsOf, rome } from '../test/kpi/support.ts';
import { gridOf, hourMs, minuteMs } from './grid.ts';
import { mergeParts } from './part.ts';
import { seatPart } from './parts.ts';
import { seatParts, seatStates } from './seat.ts';
import type { Report } from './state.ts';

const start = at('2026-06-23T08:00+02:00');
const parts = (reports: readonly Report[], from: number, to: number, everyMs: number) =>
  seatParts(seatStates(reports, minutes(10)), gridOf({ from, to }, everyMs));

test('valid and occupied time of each window, written out', () => {
  // Taken from 8:05, free from 8:20, last word at 8:22, unknown from 8:32, free again from 8:50.
  const reports = reportsOf('occupied', start, [
    [0, 0],
    [5, 1],
    [12, 1],
    [20, 0],
    [22, 0],
    [50, 0],
  ]);
  const quarters = parts(reports, start, start + hourMs, 15 * minuteMs);
  expect(
    quarters.map(({ valid_ms = 0, occupied_ms = 0 }) => [valid_ms / minuteMs, occupied_ms / minuteMs]),
  ).toEqual([
    [15, 10],
    [15, 5],
    [2, 0],
    [10, 0],
  ]);
});

test('a silent seat is unknown, not free', () => {
  const [window] = parts([], start, start + hourMs, hourMs);
  expect(window).toEqual({});
});

test('people are counted where a sensor counts them, else a taken seat is one', () => {
  const counted = [{ time: start, fields: { occupied: 1, people: 3 } }];
  expect(parts(counted, start, start + minutes(2), minutes(2))[0]).toMatchObject({
    people_ms: minutes(6),
    people_peak: 3,
  });
  const [plain] = parts(reportsOf('occupied', start, [[0, 1]]), start, start + minutes(2), minutes(2));
  expect(plain).toMatchObject({ people_ms: minutes(2), people_peak: 1 });
});

test.each([
  ['2026-03-29T12:00+02:00', 23],
  ['2026-10-25T12:00+01:00', 25],
  ['2026-06-23T12:00+02:00', 24],
])('the hours of the local day of %s sum to the day of %i hours', (noon, hours) => {
  const { day } = rome.at(at(noon));
  expect((day.to - day.from) / hourMs).toBe(hours);
  const reports = reportsOf(
    'occupied',
    day.from,
    Array.from({ length: hours * 12 }, (_, index) => [index * 5, index % 7 === 0 ? 1 : 0]),
  );
  const whole = mergeParts(seatPart, parts(reports, day.from, day.to, minuteMs));
  const byHour = parts(reports, day.from, day.to, hourMs);
  expect(byHour).toHaveLength(hours);
  expect(mergeParts(seatPart, byHour)).toEqual(whole);
  expect(whole.valid_ms).toBe(hours * hourMs);
  expect(whole.occupied_ms).toBe(Math.ceil((hours * 12) / 7) * minutes(5));
});
