import { describe, expect, test } from 'vitest';
import { viaRossini } from '../test/support/via-rossini.ts';
import { Calendar } from './calendar.ts';
import { messages } from './messages.ts';
import { Street } from './street.ts';

interface Reading {
  readonly t: number;
  readonly [field: string]: unknown;
}
const isReading = (value: unknown): value is Reading =>
  typeof value === 'object' && value !== null && 't' in value && typeof value.t === 'number';

/** Monday to Sunday, 15 to 21 June 2026: no event, open from Monday to Saturday noon. */
const from = Date.parse('2026-06-15T00:00:00+02:00');
const to = Date.parse('2026-06-22T00:00:00+02:00');
const minuteMs = 60_000;
const cadenceS = {
  seat: 60,
  counter: 60,
  'access-point': 60,
  probe: 900,
  meter: 60,
  weather: 60,
  status: 900,
};

const series = new Map<string, Reading[]>();
for (const { kind, device, payload } of messages({ site: viaRossini, from, to, cadenceS })) {
  const reading: unknown = JSON.parse(String(payload));
  if (kind === 'status' || !isReading(reading)) continue;
  const known = series.get(device);
  if (known === undefined) series.set(device, [reading]);
  else known.push(reading);
}
const of = (device: string): readonly Reading[] => series.get(device) ?? [];
const number = (reading: Reading | undefined, field: string): number => Number(reading?.[field]);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const hourOf = ({ t }: Reading): number => Math.floor((t - from) / 3_600_000) % 24;
const dayOf = ({ t }: Reading): number => Math.floor((t - from) / 86_400_000);

/** Latest value of each device at each minute of the week. */
const byMinute = (devices: readonly string[], field: string): number[] => {
  const totals = new Array<number>((to - from) / minuteMs).fill(0);
  for (const device of devices) {
    const readings = of(device);
    let next = 0;
    let value = 0;
    for (let minute = 0; minute < totals.length; minute++) {
      for (; (readings[next]?.t ?? Number.POSITIVE_INFINITY) < from + (minute + 1) * minuteMs; next++) {
        value = Number(readings[next]?.[field] ?? value);
      }
      totals[minute] = (totals[minute] ?? 0) + value;
    }
  }
  return totals;
};
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
const taken = byMinute(ids(viaRossini.seats), 'occupied');
const people = byMinute(ids(viaRossini.counters), 'people');
const clients = byMinute(ids(viaRossini.access_points), 'clients');
const within = (day: number, hour: number): number[] =>
  taken.slice((day * 24 + hour) * 60, (day * 24 + hour + 1) * 60);

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = sum(a.map((value, index) => (value - meanA) * ((b[index] ?? 0) - meanB)));
  const spread = (values: readonly number[], middle: number): number =>
    Math.sqrt(sum(values.map((value) => (value - middle) ** 2)));
  return covariance / (spread(a, meanA) * spread(b, meanB));
};

describe('people', () => {
  test('never take more seats than there are, and fill many of them at noon', () => {
    expect(Math.max(...taken)).toBeLessThanOrEqual(viaRossini.seats.length);
    expect(Math.max(...taken)).toBeGreaterThan(30);
  });

  test('come by day and on working days, leave for lunch, and stay away when it is closed', () => {
    for (const day of [0, 1, 2, 3, 4]) {
      expect(mean(within(day, 11))).toBeGreaterThan(10);
      expect(sum(within(day, 3))).toBe(0);
    }
    const workdays = (hour: number): number => mean([0, 1, 2, 3, 4].map((day) => mean(within(day, hour))));
    expect(workdays(14)).toBeLessThan(0.8 * workdays(11));
    expect(workdays(14)).toBeLessThan(0.85 * workdays(16));
    expect(mean(within(5, 11))).toBeGreaterThan(3);
    expect(sum(within(5, 15))).toBe(0);
    expect(Math.max(...people.slice(6 * 1440))).toBe(0);
  });

  test('are counted in and out, a few of them wrongly', () => {
    const counted = (field: string): number =>
      sum(ids(viaRossini.counters).map((id) => number(of(id).at(-1), field) - number(of(id)[0], field)));
    expect(counted('in_total')).toBeGreaterThan(1_500);
    const drift = Math.abs(counted('in_total') - counted('out_total'));
    expect(drift).toBeGreaterThan(0);
    expect(drift).toBeLessThan(0.02 * counted('in_total'));
  });

  test('bring their phones and laptops to the Wi-Fi', () => {
    expect(correlation(people, clients)).toBeGreaterThan(0.9);
    expect(correlation(taken, people)).toBeGreaterThan(0.9);
    expect(sum(clients.slice(6 * 1440))).toBe(0);
  });
});

describe('counters', () => {
  const never = (
    device: string,
    field: string,
    resets: (before: Reading, after: Reading) => boolean,
  ): number =>
    of(device).filter((after, index) => {
      const before = of(device)[index - 1];
      return before !== undefined && number(after, field) < number(before, field) && !resets(before, after);
    }).length;

  test('only grow', () => {
    for (const { id } of viaRossini.counters) {
      for (const field of ['in_total', 'out_total'])
        expect(
          never(id, field, () => false),
          `${id} ${field}`,
        ).toBe(0);
    }
    for (const { id } of viaRossini.meters) {
      for (const field of ['energy_import_wh', 'energy_export_wh']) {
        expect(
          never(id, field, () => false),
          `${id} ${field}`,
        ).toBe(0);
      }
    }
  });

  test('of radios start again only when the access point did, which is once on Monday', () => {
    for (const { id } of viaRossini.access_points) {
      const readings = of(id);
      const radios = readings.map((reading) => fiveGigahertz(reading));
      const restarts = new Set(
        [...readings.keys()].filter((index) => {
          const [before, after] = [readings[index - 1], readings[index]];
          return (
            before !== undefined &&
            after !== undefined &&
            number(after, 'uptime_s') < number(before, 'uptime_s')
          );
        }),
      );
      expect(
        [...restarts].map((index) => dayOf(readings[index] ?? { t: 0 })),
        id,
      ).toContain(0);
      for (const field of ['tx_bytes', 'rx_bytes', 'connects', 'connect_failures_dhcp', 'roams']) {
        const drops = radios.filter(
          (after, index) =>
            index > 0 && !restarts.has(index) && Number(after[field]) < Number(radios[index - 1]?.[field]),
        );
        expect(drops.length, `${id} ${field}`).toBe(0);
      }
      expect(Number(radios.at(-1)?.connects)).toBeGreaterThan(20);
    }
  });
});
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What an access point says of its radio of 5 GHz. */
const fiveGigahertz = ({ radios }: Reading): Record<string, unknown> => {
  const found = isRecord(radios) ? radios['5'] : undefined;
  return isRecord(found) ? found : {};
};

describe('power', () => {
  test('the energy counters are the integral of the power', () => {
    for (const { id } of viaRossini.meters) {
      const readings = of(id);
      let importWh = 0;
      let exportWh = 0;
      for (const [index, after] of readings.entries()) {
        const before = readings[index - 1];
        if (before === undefined) continue;
        const watts = (number(before, 'active_power_w') + number(after, 'active_power_w')) / 2;
        const wattHours = (watts * (after.t - before.t)) / 3_600_000;
        if (watts > 0) importWh += wattHours;
        else exportWh -= wattHours;
      }
      const grown = (field: string): number => number(readings.at(-1), field) - number(readings[0], field);
      expect(grown('energy_import_wh') / Math.max(importWh, 1), `${id} import`).toBeCloseTo(
        importWh < 1 ? 0 : 1,
        2,
      );
      expect(Math.abs(grown('energy_export_wh') - exportWh), `${id} export`).toBeLessThan(
        0.005 * exportWh + 5,
      );
    }
  });

  test('the sun gives power only while it is up, and then it may go to the grid', () => {
    const dark = of('M8').filter((reading) => hourOf(reading) < 5 || hourOf(reading) >= 21);
    expect(dark.length).toBeGreaterThan(3_000);
    expect(Math.min(...dark.map((reading) => number(reading, 'active_power_w')))).toBeGreaterThanOrEqual(0);
    const exporting = of('M1').filter((reading) => number(reading, 'active_power_w') < 0);
    expect(exporting.length).toBeGreaterThan(200);
    const sun = new Street(viaRossini, 1).weather;
    const day = new Calendar(viaRossini);
    const lowest = Math.min(...exporting.map(({ t }) => sun.at(day.at(t), t).sunElevation));
    expect(lowest).toBeGreaterThan(0);
    expect(Math.min(...of('M8').map((reading) => number(reading, 'active_power_w')))).toBeLessThan(-3_000);
  });

  test('lamps burn by night, laptops draw by day', () => {
    const at = (id: string, hour: number): number =>
      mean(
        of(id)
          .filter((one) => hourOf(one) === hour && dayOf(one) < 5)
          .map((one) => number(one, 'active_power_w')),
      );
    expect(at('M7', 22)).toBeGreaterThan(at('M7', 12) + 400);
    expect(at('M5', 11)).toBeGreaterThan(at('M5', 3) + 80);
  });
});
