import { expect, test } from 'vitest';
import type { Fields } from '../model/point.ts';
import { at, evidenceOf, minutes, tableOf } from '../test/kpi/support.ts';
import { apHealthParts, heardWindows } from './ap-health.ts';
import type { Window } from './figure.ts';
import { gridOf, hourMs } from './grid.ts';
import { defaultKpiSettings } from './settings.ts';
import type { Report } from './state.ts';
import { wifiLevel } from './wifi-level.ts';

const start = at('2026-06-23T10:00+02:00');
const hour = { from: start, to: start + hourMs };
const says = (from: number, to: number, fields: (minute: number) => Fields): readonly Report[] =>
  Array.from({ length: to - from }, (_, index) => ({
    time: start + minutes(from + index),
    fields: fields(from + index),
  }));
const health = (reports: readonly Report[], listening: readonly Window[] = [hour]) => {
  const [part = {}] = apHealthParts(reports, minutes(3), gridOf(hour, hourMs), listening, defaultKpiSettings);
  return wifiLevel('ap_health')(evidenceOf({ window: hour, rows: { wifi: [{ time: start, part }] } }));
};
const well = says(0, 60, () => ({ uptime_s: 99_999, uplink_mbit_s: 1000 }));

test('an access point that is well all the time', () => {
  expect(tableOf(health(well))).toEqual({ good: 1, offline: 0, reboot: 0, uplink: 0 });
});

test('silent beyond its patience it is offline; its first three minutes are a reboot; a slow uplink is bad', () => {
  const reports = [
    ...says(0, 20, () => ({ uptime_s: 99_999, uplink_mbit_s: 1000 })),
    ...says(30, 50, (minute) => ({ uptime_s: (minute - 29) * 60, uplink_mbit_s: 1000 })),
    ...says(50, 60, (minute) => ({ uptime_s: (minute - 29) * 60, uplink_mbit_s: 100 })),
  ];
  // Last word at 10:19, known until 10:22; again from 10:30, started at 10:29.
  expect(tableOf(health(reports))).toEqual({
    good: (60 - 8 - 2 - 10) / 60,
    offline: 8,
    reboot: 2,
    uplink: 10,
  });
});

test('one that says nothing at all is offline, if others were heard', () => {
  expect(tableOf(health([]))).toMatchObject({ good: 0, offline: 60 });
  expect(tableOf(health([], [{ from: start, to: start + minutes(20) }]))).toMatchObject({
    good: 'low_coverage',
  });
  expect(tableOf(health([], []))).toMatchObject({ good: 'no_data' });
});

test('when anything was heard: the held times of all devices together', () => {
  const heard = heardWindows([
    { reports: says(0, 5, () => ({})), maxSilenceMs: minutes(3) },
    { reports: says(6, 7, () => ({})), maxSilenceMs: minutes(10) },
    { reports: says(30, 31, () => ({})), maxSilenceMs: minutes(3) },
  ]);
  expect(heard.map(({ from, to }) => [(from - start) / 60_000, (to - start) / 60_000])).toEqual([
    [0, 16],
    [30, 33],
  ]);
});
