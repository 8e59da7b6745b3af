import { expect, test } from 'vitest';
import { at, evidenceOf, rome, tableOf } from '../test/kpi/support.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { energyCost, tariffOn } from './cost.ts';

const tariff = [
  {
    from: '2026-07-01',
    currency: 'EUR' as const,
    import_per_kwh: { f1: 0.4, f2: 0.3, f3: 0.2 },
    export_per_kwh: 0.1,
    fixed_per_month: 62,
    contracted_power_kw: 15,
  },
  {
    from: '2026-01-01',
    currency: 'EUR' as const,
    import_per_kwh: { f1: 0.25, f2: 0.2, f3: 0.1 },
    export_per_kwh: 0.05,
    fixed_per_month: 30,
    contracted_power_kw: 15,
  },
];
const site = { ...viaRossini, tariff };
const days = ['2026-06-29', '2026-06-30', '2026-07-01'].map((date) => rome.at(at(`${date}T12:00+02:00`)).day);
const window = { from: days[0]?.from ?? 0, to: days[2]?.to ?? 0 };
const part = {
  valid_ms: 24 * 3_600_000,
  import_f1_wh: 4_000,
  import_f2_wh: 2_000,
  import_f3_wh: 1_000,
  export_wh: 3_000,
};
const energy = days.map(({ from }) => ({ time: from, part }));

test('the latest tariff that is not after the day counts, in whatever order they stand', () => {
  expect(
    ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((date) => tariffOn(tariff, date)?.from),
  ).toEqual([undefined, '2026-01-01', '2026-01-01', '2026-07-01']);
});

test('a tariff that changes within the window', () => {
  // Two days at the old prices, one at the new ones.
  const figures = energyCost(evidenceOf({ window, site, rows: { energy } }));
  expect(tableOf(figures)).toEqual({
    f1: expect.closeTo(2 * 4 * 0.25 + 4 * 0.4, 12),
    f2: expect.closeTo(2 * 2 * 0.2 + 2 * 0.3, 12),
    f3: expect.closeTo(2 * 1 * 0.1 + 1 * 0.2, 12),
    export: expect.closeTo(-(2 * 3 * 0.05 + 3 * 0.1), 12),
    fixed: expect.closeTo(2 * (30 / 30) + 62 / 31, 12),
    total: expect.closeTo(3.6 + 1.4 + 0.4 - 0.6 + 4, 12),
  });
  expect(figures.every(({ unit, coverage }) => unit === 'EUR' && coverage === 1)).toBe(true);
});

test('half a day pays half a day of the fixed part, also of a day of 23 hours', () => {
  const { day } = rome.at(at('2026-03-29T12:00+02:00'));
  const half = { from: day.from, to: (day.from + day.to) / 2 };
  const rows = { energy: [{ time: day.from, part: { valid_ms: half.to - half.from } }] };
  expect(tableOf(energyCost(evidenceOf({ window: half, site, rows })))).toMatchObject({
    fixed: expect.closeTo(15 / 31, 12),
  });
});

test('a single circuit pays no fixed part; before the first tariff there is no cost', () => {
  expect(
    tableOf(energyCost(evidenceOf({ window, site, by: { device: 'M2' }, rows: { energy } }))),
  ).not.toHaveProperty('M2 fixed');
  const { day } = rome.at(at('2025-12-31T12:00+01:00'));
  const rows = { energy: [{ time: day.from, part }] };
  expect(tableOf(energyCost(evidenceOf({ window: day, site, rows })))).toEqual({ total: 'no_tariff' });
});
