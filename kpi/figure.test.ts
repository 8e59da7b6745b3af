import { expect, test } from 'vitest';
import { forPublic, withheldGroups } from './anonymity.ts';
import { figureOf } from './figure.ts';
import { isKpiId, kpis } from './kpis.ts';

const form = {
  kpi: 'time_occupancy',
  unit: '1',
  window: { from: 0, to: 600_000 },
  coverageMin: 0.5,
} as const;

test('below the coverage there is a reason and no number; at it there is a number', () => {
  const figure = (validMs: number) =>
    figureOf({ ...form, known: { validMs, elapsedMs: 600_000 }, value: 0.25 });
  expect(figure(300_000)).toEqual({
    kpi: 'time_occupancy',
    unit: '1',
    window: { from: 0, to: 600_000 },
    by: {},
    value: 0.25,
    validMinutes: 5,
    coverage: 0.5,
  });
  expect(figure(299_999)).toMatchObject({ reason: 'low_coverage' });
  expect(figure(299_999)).not.toHaveProperty('value');
  expect(figure(0)).toMatchObject({ reason: 'no_data', validMinutes: 0, coverage: 0 });
});

test('valid minutes of a group are a mean over its devices', () => {
  const known = { validMs: 900_000, elapsedMs: 1_200_000, devices: 2 };
  expect(figureOf({ ...form, known, value: 1 })).toMatchObject({ validMinutes: 7.5, coverage: 0.75 });
});

test('a figure that tells of silence is a number where nothing is known', () => {
  const known = { validMs: 0, elapsedMs: 600_000 };
  expect(figureOf({ ...form, coverageMin: 0, known, value: 0 })).toMatchObject({ value: 0, coverage: 0 });
});

const seat = figureOf({ ...form, known: { validMs: 1, elapsedMs: 1 }, value: 1 });

test.each([
  ['none is small', [7, 5, 9], 5, []],
  ['one is small: the next smallest hides it', [7, 3, 9], 5, ['g1', 'g0']],
  ['two are small but together enough', [3, 4, 9], 5, ['g0', 'g1']],
  ['a seat alone', [1], 5, ['g0']],
  ['a group without seats tells nothing', [0, 6], 5, ['g0']],
] as const)('withheld: %s', (_, sizes, k, expected) => {
  const groups = sizes.map((seats, index) => ({ id: `g${index}`, seats }));
  expect([...withheldGroups(groups, k)].sort()).toEqual([...expected].sort());
});

test('the public is not told of people in a withheld group, and of energy it is', () => {
  expect(forPublic(seat, true)).toMatchObject({ reason: 'few_seats' });
  expect(forPublic(seat, true)).not.toHaveProperty('value');
  expect(forPublic(seat, false)).toBe(seat);
  const energy = { ...seat, kpi: 'energy' as const };
  expect(forPublic(energy, true)).toBe(energy);
});

test('the ids are the published ones', () => {
  expect(Object.keys(kpis).sort()).toEqual(
    `time_occupancy people_present utilisation sessions dwell turnover busiest minimum_surplus time_in_target
     counter_drift wifi_coverage wifi_capacity wifi_throughput wifi_time_to_connect wifi_successful_connects
     wifi_roaming wifi_ap_health probe_latency probe_loss energy energy_by_band energy_cost peak_power base_load
     load_factor energy_per_occupied_hour power_factor phase_imbalance savings device_health`
      .split(/\s+/)
      .sort(),
  );
  expect([isKpiId('energy'), isKpiId('toString')]).toEqual([true, false]);
});
