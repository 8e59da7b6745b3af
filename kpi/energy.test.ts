import { expect, test } from 'vitest';
import { at, evidenceOf, minutes, reportsOf, rome, tableOf } from '../test/kpi/support.ts';
import { closeQuarter, type EnergyOptions, energyParts, importWh, type MeterReports } from './energy.ts';
import { energy, energyByBand, energyPerOccupiedHour } from './energy-use.ts';
import type { Window } from './figure.ts';
import { gridOf, hourMs, minuteMs, quarterMs } from './grid.ts';
import { mergeParts } from './part.ts';
import { energyPart } from './parts.ts';
import { defaultKpiSettings } from './settings.ts';

const options: EnergyOptions = { maxSilenceMs: minutes(2), local: rome, settings: defaultKpiSettings };
const start = at('2026-06-23T10:00+02:00');
const hour = { from: start, to: start + hourMs };
const partsOf = (meter: MeterReports, window: Window = hour, everyMs = hourMs) =>
  energyParts(meter, gridOf(window, everyMs), options);

/** A meter of constant power by its counter, each minute. */
const steady = (from: number, count: number, perMinute: number, first = 5_000) =>
  reportsOf(
    'energy_import_wh',
    from,
    Array.from({ length: count }, (_, minute) => [minute, first + perMinute * minute]),
  );

test('energy of a counter, shared at the edge of windows', () => {
  // 6 Wh between 9:59:30 and 10:00:30: half of it belongs to each hour.
  const reports = steady(start - 30_000, 62, 6);
  const [part = {}] = partsOf({ total: reports });
  expect(part).toMatchObject({ valid_ms: hourMs, import_f1_wh: expect.closeTo(360, 9) });
  expect(importWh(part)).toBeCloseTo(360, 9);
});

test('where no counter speaks, power is integrated, and told apart', () => {
  const power = reportsOf(
    'active_power_w',
    start,
    Array.from({ length: 60 }, (_, minute) => [minute, minute < 30 ? 1_200 : -600]),
  );
  const [part = {}] = partsOf({ total: power });
  expect(part).toMatchObject({
    import_f1_wh: expect.closeTo(600, 9),
    integrated_wh: expect.closeTo(600, 9),
    export_wh: expect.closeTo(300, 9),
  });
});

test('a counter that speaks half of the time is completed by power', () => {
  const counted = steady(start, 31, 6);
  const power = reportsOf(
    'active_power_w',
    start,
    Array.from({ length: 60 }, (_, minute) => [minute, 120]),
  );
  const byMinute = new Map(counted.map((report) => [report.time, report.fields]));
  const total = power.map(({ time, fields }) => ({ time, fields: { ...fields, ...byMinute.get(time) } }));
  const [part = {}] = partsOf({ total });
  expect(part.import_f1_wh).toBeCloseTo(30 * 6 + 30 * 2, 9);
  expect(part.integrated_wh).toBeCloseTo(60, 9);
});

test('what was counted over a silence is spread over it, and told apart', () => {
  const reports = [
    ...steady(start - minutes(1), 11, 6),
    ...steady(start + minutes(39), 22, 6, 5_000 + 40 * 6),
  ];
  const quarters = partsOf({ total: reports }, hour, quarterMs);
  expect(quarters.map(importWh)).toEqual([90, 90, 90, 90].map((wh) => expect.closeTo(wh, 9)));
  expect(quarters.map(({ bridged_wh = 0 }) => bridged_wh)).toEqual(
    [36, 90, 54, 0].map((wh) => expect.closeTo(wh, 9)),
  );
  expect(quarters.map(({ valid_ms = 0 }) => valid_ms / minuteMs)).toEqual([11, 0, 6, 15]);
  const rows = quarters.map((part, index) => ({ time: start + index * quarterMs, part }));
  expect(tableOf(energy(evidenceOf({ window: hour, rows: { energy: rows } })))).toMatchObject({
    import: expect.closeTo(0.36, 12),
    bridged: expect.closeTo(0.18, 12),
  });
});

test('a gap as long as the patience is no silence', () => {
  const slow = reportsOf(
    'energy_import_wh',
    start,
    [0, 2, 4, 6].map((minute) => [minute, 5_000 + minute] as const),
  );
  const [part = {}] = partsOf({ total: slow });
  expect([importWh(part), part.bridged_wh, part.valid_ms]).toEqual([6, undefined, minutes(8)]);
});

test('the phases of a meter without a total are its total', () => {
  const phase = steady(start, 61, 2);
  const [part = {}] = partsOf({ a: phase, b: phase, c: phase });
  expect(importWh(part)).toBeCloseTo(360, 9);
  expect(part.valid_ms).toBe(hourMs);
});

test.each([
  ['2026-03-29T12:00+02:00', 23, { f1: 0, f2: 0, f3: 23 }],
  ['2026-10-25T12:00+01:00', 25, { f1: 0, f2: 0, f3: 25 }],
  ['2026-06-23T12:00+02:00', 24, { f1: 11, f2: 5, f3: 8 }],
  ['2026-06-27T12:00+02:00', 24, { f1: 0, f2: 16, f3: 8 }],
])('the bands of the day of %s sum to its %i hours', (noon, hours, bands) => {
  const { day } = rome.at(at(noon));
  const reports = steady(day.from - minutes(1), hours * 60 + 3, 1);
  const byHour = partsOf({ total: reports }, day, hourMs);
  const whole = mergeParts(energyPart, byHour);
  const rows = { energy: [{ time: day.from, part: whole }] };
  const table = tableOf(energyByBand(evidenceOf({ window: day, rows })));
  const kwh = (of: number) => expect.closeTo((of * 60) / 1000, 9);
  expect(table).toEqual({ f1: kwh(bands.f1), f2: kwh(bands.f2), f3: kwh(bands.f3) });
  expect(importWh(whole)).toBeCloseTo(hours * 60, 6);
  expect(byHour).toHaveLength(hours);
});

test('the peak is that of whole quarter hours, of which enough is known', () => {
  const reports = [...steady(start, 16, 10), ...steady(start + minutes(16), 15, 20, 5_160)];
  const quarters = partsOf({ total: reports }, hour, quarterMs).map((part) =>
    closeQuarter(part, defaultKpiSettings),
  );
  expect(quarters.map(({ quarter_peak_w }) => quarter_peak_w)).toEqual([
    600,
    expect.closeTo((10 + 14 * 20) * 4, 9),
    undefined,
    undefined,
  ]);
  expect(mergeParts(energyPart, quarters).quarter_peak_w).toBeCloseTo(1160, 9);
});

test('energy per occupied seat-hour takes silent seats to be used as the others', () => {
  const rows = {
    energy: [{ time: start, part: { valid_ms: hourMs, import_f1_wh: 500 } }],
    seat: [{ time: start, part: { valid_ms: 3 * hourMs, occupied_ms: 1.5 * hourMs } }],
  };
  const evidence = evidenceOf({ window: hour, devices: { seat: 4, meter: 1 }, rows });
  expect(energyPerOccupiedHour(evidence)[0]).toMatchObject({ value: 0.25, coverage: 0.75, validMinutes: 45 });
  const nobody = { ...rows, seat: [{ time: start, part: { valid_ms: 4 * hourMs } }] };
  expect(energyPerOccupiedHour({ ...evidence, rows: nobody })[0]?.reason).toBe('no_users');
});
