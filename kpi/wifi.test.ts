import { expect, test } from 'vitest';
import type { Fields } from '../model/point.ts';
import { at, evidenceOf, minutes, tableOf } from '../test/kpi/support.ts';
import { gridOf, hourMs } from './grid.ts';
import { defaultKpiSettings } from './settings.ts';
import type { Report } from './state.ts';
import { wifiParts } from './wifi.ts';
import { problemOf, wifiLevel } from './wifi-level.ts';

const start = at('2026-06-23T10:00+02:00');
const hour = { from: start, to: start + hourMs };

/** A radio that says the same for an hour, but for what `changes` says from a minute on. */
const radio = (
  always: Fields,
  changes: readonly (readonly [minute: number, fields: Fields])[] = [],
): readonly Report[] => {
  let fields = always;
  return Array.from({ length: 60 }, (_, minute) => {
    for (const [from, changed] of changes) if (from === minute) fields = { ...fields, ...changed };
    return { time: start + minutes(minute), fields };
  });
};
const partOf = (reports: readonly Report[], band: '2.4' | '5' | '6' = '5') =>
  wifiParts(reports, band, minutes(3), gridOf(hour, hourMs), defaultKpiSettings)[0] ?? {};
const level = (name: Parameters<typeof wifiLevel>[0], reports: readonly Report[], band?: '2.4' | '5' | '6') =>
  tableOf(
    wifiLevel(name)(
      evidenceOf({ window: hour, rows: { wifi: [{ time: start, part: partOf(reports, band) }] } }),
    ),
  );

const well = {
  clients: 10,
  clients_weak: 0,
  signal_dbm: -60,
  utilization_pct: 20,
  retries_pct: 5,
  noise_dbm: -94,
};

test('coverage: weak clients are bad user-minutes', () => {
  expect(level('coverage', radio(well, [[30, { clients_weak: 4 }]]))).toEqual({
    good: 480 / 600,
    weak_signal: 120,
    asymmetry: 0,
  });
});

test('coverage: an access point that shouts over its clients is asymmetric', () => {
  expect(level('coverage', radio({ ...well, clients_weak: 1, tx_power_dbm: 23 }))).toEqual({
    good: 0.9,
    weak_signal: 0,
    asymmetry: 60,
  });
});

test('coverage: without a count of weak clients, all are as their mean signal is', () => {
  const { clients_weak: _, ...uncounted } = well;
  const weak = radio(uncounted, [
    [20, { signal_dbm: -72 }],
    [40, { signal_dbm: -72.5 }],
  ]);
  expect(level('coverage', weak)).toMatchObject({ good: 400 / 600, weak_signal: 200 });
});

test('capacity: each cause by itself', () => {
  // 10 minutes with 30 clients, 10 busy by neighbours, 10 by noise, 10 by own traffic: 53 of 88 Mbit/s.
  const reports = radio({ ...well, tx_bytes: 0, rx_bytes: 0 }, [
    [10, { clients: 30 }],
    [20, { clients: 10, utilization_pct: 70 }],
    [30, { noise_dbm: -85 }],
    [40, { noise_dbm: -94 }],
    [50, { utilization_pct: 69 }],
  ]).map((report, minute) => {
    const bytes = Math.max(0, Math.min(50, minute) - 39) * 400_000_000;
    return { ...report, fields: { ...report.fields, tx_bytes: bytes } };
  });
  expect(level('capacity', reports)).toEqual({
    good: 200 / 800,
    clients: 300,
    own_traffic: 100,
    other_networks: 100,
    noise: 100,
  });
});

test('throughput: the factor that costs most is the cause', () => {
  const reports = radio(well, [
    [10, { signal_dbm: -80 }],
    [20, { signal_dbm: -60, utilization_pct: 95 }],
    [30, { utilization_pct: 20, retries_pct: 95 }],
    [40, { retries_pct: 5 }],
  ]);
  expect(level('throughput', reports)).toEqual({ good: 0.5, coverage: 100, capacity: 100, retries: 100 });
});

test('time to connect: the step that failed most is the cause', () => {
  const reports = radio(
    { ...well, time_to_connect_ms: 2_000, connect_failures_dhcp: 5, connect_failures_dns: 5 },
    [
      [20, { time_to_connect_ms: 2_001, connect_failures_dns: 8, connect_failures_dhcp: 9 }],
      [21, { connect_failures_dhcp: 9 }],
      [22, { time_to_connect_ms: 500 }],
    ],
  );
  expect(level('time_to_connect', reports)).toMatchObject({
    good: 580 / 600,
    dhcp: 10,
    unknown: 10,
    dns: 0,
  });
});

test('connections and roams are counted, through a restart too', () => {
  const reports = radio(
    { clients: 0, connects: 500, connect_failures_association: 3, roams: 40, roams_slow: 4 },
    [
      [10, { connects: 506, connect_failures_association: 5 }],
      [20, { connects: 2, connect_failures_association: 0, roams: 0, roams_slow: 0 }],
      [30, { roams: 3, roams_slow: 1 }],
    ],
  );
  expect(level('successful_connects', reports)).toMatchObject({ good: 8 / 10, association: 2, dhcp: 0 });
  expect(level('roaming', reports)).toEqual({ good: 2 / 3, slow: 1 });
});

test('without users there is no level, and a silent radio has no user-minutes', () => {
  expect(level('coverage', radio({ ...well, clients: 0 }))).toMatchObject({ good: 'no_users' });
  expect(level('coverage', radio(well).slice(0, 20))).toMatchObject({ good: 'low_coverage' });
  expect(partOf(radio(well).slice(0, 20))).toMatchObject({ valid_ms: minutes(22), user_ms: minutes(220) });
  expect(level('coverage', [])).toMatchObject({ good: 'no_data' });
});

test('the largest cause names the problem', () => {
  const part = partOf(radio({ ...well, clients_weak: 2 }, [[30, { utilization_pct: 80 }]]));
  expect(problemOf('coverage', part)).toBe('weak_signal');
  expect(problemOf('capacity', part)).toBe('other_networks');
  expect(problemOf('throughput', part)).toBeUndefined();
});
