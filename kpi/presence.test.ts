import { expect, test } from 'vitest';
import { at, evidenceOf, minutes, reportsOf, tableOf } from '../test/kpi/support.ts';
import { gridOf, hourMs, minuteMs, quarterMs } from './grid.ts';
import { peoplePresent, utilisation } from './occupancy.ts';
import { mergeParts } from './part.ts';
import { presencePart } from './parts.ts';
import { presenceParts, seatChanges } from './presence.ts';
import { seatParts, seatStates } from './seat.ts';
import { defaultKpiSettings } from './settings.ts';
import { minimumSurplus, timeInTarget } from './target.ts';

const start = at('2026-06-23T08:00+02:00');
const hour = { from: start, to: start + hourMs };
type Values = readonly (readonly [number, number])[];

/** A taken seat says so every ten minutes, as a sensor does. */
const group = (seats: readonly Values[], capacity: number, grid = gridOf(hour, hourMs)) => {
  const states = seats.map((values) => [...seatStates(reportsOf('occupied', start, values), minutes(10))]);
  const presence = presenceParts(
    states.flatMap((one) => [...seatChanges(one)]),
    { devices: seats.length, capacity, source: 'seats' },
    grid,
    defaultKpiSettings,
  );
  const seat = states.map((one) => seatParts(one, gridOf(hour, hourMs))[0] ?? {});
  return { presence, seat, seats: seats.length, capacity };
};
const free: Values = [0, 10, 20, 30, 40, 50].map((minute) => [minute, 0] as const);
const taken = (from: number, to: number): Values =>
  [...new Set([0, 10, 20, 30, 40, 50, from, to])]
    .sort((a, b) => a - b)
    .map((minute) => [minute, minute >= from && minute < to ? 1 : 0] as const);

const evidence = ({ presence, seat, seats, capacity }: ReturnType<typeof group>) =>
  evidenceOf({
    window: hour,
    by: { zone: 'teatro' },
    devices: { seat: seats },
    capacity,
    rows: {
      seat: seat.map((part) => ({ time: start, part })),
      presence: presence.map((part) => ({ time: start, part, source: 'seats' as const })),
    },
  });

test('people present, peak and surplus of seats that are all known', () => {
  // One from 8:00 to 8:30, one from 8:20 to 8:50: two for ten minutes, fifty minutes with somebody.
  const made = evidence(group([taken(0, 30), taken(20, 50), free, free], 4));
  expect(tableOf(peoplePresent(made))).toEqual({ 'teatro seats mean': 1, 'teatro seats peak': 2 });
  expect(tableOf(utilisation(made))).toEqual({ 'teatro seats mean': 0.25, 'teatro seats peak': 0.5 });
  expect(minimumSurplus(made)[0]?.value).toBe(2);
});

test('time under, in and over the wanted use', () => {
  // Of a capacity of five: 2 (40 %), 3 (60 %), 4 (80 %), 5 (100 %), 6 people (120 %), ten minutes each.
  const six = [0, 0, 10, 20, 30, 40].map((minute) => taken(minute, 60));
  const states = tableOf(timeInTarget(evidence(group(six, 5))));
  expect(states).toEqual({
    'teatro seats under': 1 / 6,
    'teatro seats in': 2 / 6,
    'teatro seats crowded': 1 / 6,
    'teatro seats over': 2 / 6,
  });
});

test('the edge of overcrowding is overcrowded', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => (index < 17 ? taken(0, 60) : free));
  expect(tableOf(timeInTarget(evidence(group(twenty, 20))))['teatro seats crowded']).toBe(1);
});

test('silent seats are taken to be used as the others, and are not free', () => {
  const made = evidence(group([taken(0, 60), free, []], 3));
  expect(tableOf(peoplePresent(made))).toEqual({ 'teatro seats mean': 1.5, 'teatro seats peak': 1 });
  expect(minimumSurplus(made)[0]).toMatchObject({ value: 1, validMinutes: 60 });
  expect(peoplePresent(made)[0]?.coverage).toBeCloseTo(2 / 3, 12);
});

test('the use of the capacity takes silent seats to be used as the others', () => {
  const states = tableOf(timeInTarget(evidence(group([taken(0, 60), taken(0, 60), []], 3))));
  expect(states).toMatchObject({ 'teatro seats in': 0, 'teatro seats crowded': 1 });
});

test('half of the seats is enough', () => {
  expect(minimumSurplus(evidence(group([taken(0, 60), []], 2)))[0]).toMatchObject({
    value: 0,
    validMinutes: 60,
  });
});

test('where less than half of the seats is known, nothing is said', () => {
  const made = evidence(group([taken(0, 60), [], []], 3));
  expect(peoplePresent(made).map(({ reason }) => reason)).toEqual(['low_coverage', 'no_data']);
  expect(minimumSurplus(made)[0]).toMatchObject({ reason: 'no_data', validMinutes: 0 });
});

test('minutes and quarter hours of a group sum to the hour', () => {
  const seats = [taken(3, 17), taken(9, 48), free];
  const whole = group(seats, 3).presence[0];
  for (const everyMs of [minuteMs, quarterMs]) {
    expect(mergeParts(presencePart, group(seats, 3, gridOf(hour, everyMs)).presence)).toEqual(whole);
  }
});
