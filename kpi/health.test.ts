import { expect, test } from 'vitest';
import { at, evidenceOf, minutes, reportsOf, tableOf } from '../test/kpi/support.ts';
import { computeKpi } from './compute.ts';
import { gridOf, hourMs, quarterMs } from './grid.ts';
import { healthParts } from './health.ts';
import { mergeParts } from './part.ts';
import { healthPart } from './parts.ts';

const start = at('2026-06-23T10:00+02:00');
const hour = { from: start, to: start + hourMs };
const each = (count: number) =>
  reportsOf(
    'occupied',
    start,
    Array.from({ length: count }, (_, minute) => [minute, 0] as const),
  );
const status = [
  { time: start + minutes(1), fields: { battery_pct: 80, signal_dbm: -70, clock_skew_s: -3 } },
  { time: start + minutes(31), fields: { battery_pct: 79, clock_skew_s: 2 } },
];
const partOf = (count: number) =>
  mergeParts(healthPart, healthParts(each(count), status, minutes(10), gridOf(hour, quarterMs)));

test('the latest word of a device over its windows', () => {
  expect(partOf(45)).toEqual({
    valid_ms: minutes(54),
    reports: 45,
    last_seen: start + minutes(44),
    battery_pct: 79,
    signal_dbm: -70,
    clock_skew_s: 2,
  });
});

test('reports that came of those expected; one that says more makes up for no other', () => {
  const rows = {
    health: [45, 60].map((count) => ({ time: start, part: partOf(count), kind: 'seat' as const })),
  };
  const reportEveryMs = { seat: minutes(1) };
  const evidence = evidenceOf({ window: hour, devices: { seat: 3 }, rows, reportEveryMs });
  expect(tableOf(computeKpi('device_health', evidence))).toEqual({
    reports_share: (0.75 + 1) / 3,
    last_seen_age_s: 60,
    battery_pct: 79,
    link_quality: 'not_measured',
    signal_dbm: -70,
    clock_skew_s: 2,
  });
  const often = { ...evidence, devices: { seat: 2 }, reportEveryMs: { seat: minutes(2) } };
  expect(tableOf(computeKpi('device_health', often)).reports_share).toBe(1);
});

test('devices of several kinds are each held to what their kind is to report', () => {
  const of = (kind: 'seat' | 'meter' | 'weather', reports: number) => ({
    time: start,
    part: { reports },
    kind,
  });
  const evidence = evidenceOf({
    window: hour,
    devices: { seat: 2, meter: 2, weather: 1 },
    // Of one meter nothing came; how often the weather is told nobody says.
    rows: { health: [of('seat', 30), of('seat', 60), of('meter', 90), of('weather', 1)] },
    reportEveryMs: { seat: minutes(1), meter: minutes(0.5) },
  });
  expect(tableOf(computeKpi('device_health', evidence)).reports_share).toBe((0.5 + 1 + 0.75 + 0) / 4);
  expect(tableOf(computeKpi('device_health', { ...evidence, reportEveryMs: {} })).reports_share).toBe(
    'not_measured',
  );
});

test('of a device that says nothing at all the share is nothing, and a number', () => {
  const [share, age] = computeKpi(
    'device_health',
    evidenceOf({
      window: hour,
      devices: { meter: 1 },
      rows: { health: [{ time: start, part: {}, kind: 'meter' }] },
      reportEveryMs: { meter: minutes(1) },
    }),
  );
  expect(share).toMatchObject({ value: 0, coverage: 0 });
  expect(age?.reason).toBe('not_measured');
});
