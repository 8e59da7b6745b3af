import { expect, test } from 'vitest';
import { at, evidenceOf, minutes, rome, tableOf } from '../test/kpi/support.ts';
import { energyParts } from './energy.ts';
import { gridOf, hourMs, quarterMs } from './grid.ts';
import { baseLoad, loadFactor, peakPower, phaseImbalance, powerFactor } from './load.ts';
import { defaultKpiSettings } from './settings.ts';
import type { Report } from './state.ts';

const start = at('2026-06-23T00:00+02:00');
const window = { from: start, to: start + 10 * hourMs };

/** Forty quarter hours: power by their number, and who was there. */
const evidence = (watts: (quarter: number) => number, people: (quarter: number) => number) => {
  const quarters = Array.from({ length: 40 }, (_, quarter) => quarter);
  return evidenceOf({
    window,
    rows: {
      energy: quarters.map((quarter) => ({
        time: start + quarter * quarterMs,
        part: { valid_ms: quarterMs, import_f3_wh: watts(quarter) / 4 },
      })),
      presence: quarters.map((quarter) => ({
        time: start + quarter * quarterMs,
        source: 'seats' as const,
        part: { known_ms: quarterMs, people_peak: people(quarter) },
      })),
    },
  });
};

test('peak, load factor and base load', () => {
  // 100, 200 … 4000 W; nobody in the first 21 quarter hours.
  const made = evidence(
    (quarter) => 100 * (quarter + 1),
    (quarter) => (quarter < 21 ? 0 : 3),
  );
  expect(peakPower(made)[0]?.value).toBeCloseTo(4, 12);
  expect(loadFactor(made)[0]?.value).toBeCloseTo(2.05 / 4, 12);
  // 5 % of the way from the 1st to the 21st of 21 values: the second.
  expect(baseLoad(made)[0]?.value).toBeCloseTo(0.2, 12);
});

test('without an empty quarter hour there is no base load; without load no load factor', () => {
  expect(
    baseLoad(
      evidence(
        () => 100,
        () => 1,
      ),
    )[0]?.reason,
  ).toBe('never_empty');
  const made = evidence(
    () => 0,
    () => 0,
  );
  expect([loadFactor(made)[0]?.reason, peakPower(made)[0]?.value]).toEqual(['no_load', 0]);
});

test('a quarter hour of which little is known is no peak', () => {
  const made = evidence(
    () => 100,
    () => 0,
  );
  const rows = (made.rows.energy ?? []).map((timed, index) =>
    index === 5 ? { ...timed, part: { valid_ms: quarterMs / 2 - 1, import_f3_wh: 9_999 } } : timed,
  );
  expect(peakPower({ ...made, rows: { energy: rows } })[0]?.value).toBeCloseTo(0.1, 12);
  const bridged = (made.rows.energy ?? []).map((timed) => ({
    ...timed,
    part: { ...timed.part, bridged_wh: 10 },
  }));
  expect(loadFactor({ ...made, rows: { energy: bridged } })[0]?.value).toBeCloseTo(0.6, 12);
});

const hour = { from: start, to: start + hourMs };
const partOf = (meter: Parameters<typeof energyParts>[0]) => {
  const [part = {}] = energyParts(meter, gridOf(hour, hourMs), {
    maxSilenceMs: minutes(2),
    local: rome,
    settings: defaultKpiSettings,
  });
  return evidenceOf({ window: hour, rows: { energy: [{ time: start, part }] } });
};
const each = (fields: (minute: number) => Report['fields']): readonly Report[] =>
  Array.from({ length: 60 }, (_, minute) => ({ time: start + minutes(minute), fields: fields(minute) }));

test('power factor: active over apparent energy, and the share of loaded time under 0.9', () => {
  const total = each((minute) =>
    minute < 15
      ? { active_power_w: 850, apparent_power_va: 1000 }
      : minute < 45
        ? { active_power_w: -900, apparent_power_va: 1000 }
        : { active_power_w: 1, apparent_power_va: 90 },
  );
  expect(tableOf(powerFactor(partOf({ total })))).toEqual({
    mean: expect.closeTo((15 * 850 + 30 * 900) / (45 * 1000), 12),
    low_share: expect.closeTo(1 / 3, 12),
  });
});

test('power factor of a meter that tells the factor or its phases alone', () => {
  const told = each(() => ({ active_power_w: 600, power_factor: -0.8 }));
  expect(tableOf(powerFactor(partOf({ total: told })))).toMatchObject({
    mean: expect.closeTo(0.8, 12),
    low_share: 1,
  });
  const phase = each(() => ({ active_power_w: 300, apparent_power_va: 400 }));
  expect(tableOf(powerFactor(partOf({ a: phase, b: phase, c: phase })))).toMatchObject({
    mean: expect.closeTo(0.75, 12),
  });
});

test('phase imbalance: the furthest phase from the mean current', () => {
  const amperes = (current_a: number) => each(() => ({ current_a }));
  const [figure] = phaseImbalance(partOf({ a: amperes(8), b: amperes(-10), c: amperes(15) }));
  expect(figure).toMatchObject({ value: expect.closeTo((100 * 4) / 11, 12), unit: '%' });
  expect(phaseImbalance(partOf({ a: amperes(8) }))[0]?.reason).toBe('not_measured');
  expect(phaseImbalance(partOf({ a: amperes(0), b: amperes(0), c: amperes(0) }))[0]?.reason).toBe('no_load');
});
