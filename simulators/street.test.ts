import { describe, expect, test } from 'vitest';
import { viaRossini } from '../test/support/via-rossini.ts';
import type { Day } from './calendar.ts';
import { demandOf } from './demand.ts';
import { incidentsOf } from './incidents.ts';
import { Seed } from './random.ts';
import type { MeterState } from './state.ts';
import { Street } from './street.ts';

const street = new Street(viaRossini, 1);
const at = (text: string): number => Date.parse(text);
const day = (date: string) => street.calendar.at(at(`${date}T12:00:00+02:00`));
const meter = (id: string, time: number): MeterState => {
  const state = street.at({ id, kind: 'meter' }, time);
  if (state?.kind !== 'meter') throw new Error(`${id} is no meter`);
  return state;
};
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const dates = (month: string): string[] =>
  Array.from({ length: 28 }, (_, date) => `${month}-${String(date + 1).padStart(2, '0')}`);

describe('the feed', () => {
  const times = ['2026-06-15T03:00Z', '2026-06-15T10:30Z', '2026-06-15T17:41Z', '2026-12-10T15:59Z'].map(at);
  const others = viaRossini.meters.filter(({ role }) => role !== 'feed');

  test.each(times)('is the sum of all circuits and of the sun at %d', (time) => {
    const sum = others.reduce((watts, { id }) => watts + meter(id, time).total.activePowerW, 0);
    expect(meter('M1', time).total.activePowerW).toBeCloseTo(sum, 6);
  });

  test.each(times)('carries on each phase what hangs on that phase at %d', (time) => {
    for (const phase of ['a', 'b', 'c'] as const) {
      const sum = others.reduce(
        (watts, { id }) => watts + (meter(id, time).phases[phase]?.activePowerW ?? 0),
        0,
      );
      expect(meter('M1', time).phases[phase]?.activePowerW).toBeCloseTo(sum, 6);
    }
  });

  test('tells voltage, current and power factor that belong together', () => {
    for (const time of times) {
      for (const phase of Object.values(meter('M1', time).phases)) {
        expect(phase.voltageV * phase.currentA).toBeCloseTo(phase.apparentPowerVa, 6);
        expect(phase.powerFactor * phase.apparentPowerVa).toBeCloseTo(phase.activePowerW, 6);
        expect(Math.hypot(phase.activePowerW, phase.reactivePowerVar)).toBeCloseTo(phase.apparentPowerVa, 6);
      }
    }
  });
});

describe('counters', () => {
  const imported = (on: Street, time: number): number => {
    const state = on.at({ id: 'M7', kind: 'meter' }, time);
    return state?.kind === 'meter' ? state.total.energyImportWh : Number.NaN;
  };

  test('start from zero at New Year, local time, and go on over any other midnight', () => {
    expect(imported(street, at('2025-12-31T23:59:59+01:00'))).toBeGreaterThan(1_000_000);
    expect(imported(street, at('2026-01-01T00:00:00+01:00'))).toBe(0);
    const before = imported(street, at('2026-03-29T23:59:59.999+02:00'));
    const after = imported(street, at('2026-03-30T00:00:00+02:00'));
    expect(after - before).toBeGreaterThanOrEqual(0);
    expect(after - before).toBeLessThan(0.01);
  });

  test('have one value at an instant, whatever was asked before', () => {
    const [early, late] = [at('2026-02-03T10:00Z'), at('2026-05-20T10:00Z')];
    const forward = new Street(viaRossini, 1);
    const backward = new Street(viaRossini, 1);
    const first = [imported(forward, early), imported(forward, late)];
    const second = [imported(backward, late), imported(backward, early)];
    expect(second.toReversed()).toEqual(first);
  });

  test('can be added up ahead', async () => {
    const ready = new Street(viaRossini, 1);
    await ready.prepare(at('2026-05-20T10:00Z'));
    expect(imported(ready, at('2026-05-20T10:00Z'))).toBe(imported(street, at('2026-05-20T10:00Z')));
  });
});

describe('the calendar', () => {
  test('knows days of 23 and 25 hours', () => {
    const hours = (date: string): number => (day(date).end - day(date).start) / 3_600_000;
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-15')]).toEqual([23, 25, 24]);
    expect(day('2026-10-25').end).toBe(day('2026-10-26').start);
  });

  test('opens by local time, summer and winter, and not on closed days', () => {
    const isOpen = ({ open }: Day, time: number): boolean =>
      open.some((hours) => time >= hours.from && time < hours.to);
    expect(isOpen(day('2026-06-15'), at('2026-06-15T08:00:00+02:00'))).toBe(true);
    expect(isOpen(day('2026-06-15'), at('2026-06-15T07:59:59+02:00'))).toBe(false);
    expect(isOpen(day('2026-12-10'), at('2026-12-10T08:00:00+01:00'))).toBe(true);
    expect(day('2026-09-24').open).toEqual([]);
    expect(day('2026-09-20').open).toEqual([]);
  });
});

describe('people', () => {
  const visitsOn = (date: string): number => street.occupancy.day(day(date).index).visits.length;

  test('leave the street empty on a closed day and crowd it on an event', () => {
    expect(visitsOn('2026-09-24')).toBe(0);
    expect(visitsOn('2026-09-23')).toBeGreaterThan(100);
    const peak = (date: string): number =>
      Math.max(
        ...Array.from({ length: 24 }, (_, hour) =>
          street.occupancy.peopleAt(day(date).start + hour * 3_600_000),
        ),
      );
    expect(peak('2026-06-23')).toBeGreaterThan(peak('2026-06-16'));
    expect(peak('2026-06-23')).toBeGreaterThan(48);
  });

  test('stay away when it rains: over two years of working days', () => {
    const wet: number[] = [];
    const dry: number[] = [];
    for (let index = day('2025-01-07').index; index < day('2026-12-20').index; index++) {
      const one = street.calendar.day(index);
      const [hours] = one.open;
      if (hours === undefined || one.weekday > 5 || one.expectedPeople > 0) continue;
      const rainMs = street.weather
        .sky(one)
        .spells.reduce(
          (sum, { from, to }) => sum + Math.max(0, Math.min(to, hours.to) - Math.max(from, hours.from)),
          0,
        );
      const visits = street.occupancy.day(index).visits.length;
      if (rainMs > 2 * 3_600_000) wet.push(visits);
      else if (rainMs === 0) dry.push(visits);
    }
    expect(wet.length).toBeGreaterThan(20);
    expect(mean(wet)).toBeLessThan(0.85 * mean(dry));
  });

  test('wish for fewer seats in the cold', () => {
    const wishes = (month: string): number[] =>
      dates(month).flatMap((date) => demandOf(day(date), street.weather, Seed.of(1)).map(({ wish }) => wish));
    expect(mean(wishes('2026-01'))).toBeLessThan(0.7 * mean(wishes('2026-06')));
  });
});

describe('the weather', () => {
  const temperature = (date: string, hour: number): number =>
    street.weather.at(day(date), day(date).start + hour * 3_600_000).temperatureC;

  test('has the seasons of Pesaro and days that are warmer than their nights', () => {
    const january = mean(dates('2026-01').map((date) => temperature(date, 12)));
    const july = mean(dates('2026-07').map((date) => temperature(date, 12)));
    expect(january).toBeGreaterThan(3);
    expect(january).toBeLessThan(12);
    expect(july).toBeGreaterThan(23);
    expect(july).toBeLessThan(32);
    for (const date of dates('2026-05')) expect(temperature(date, 14)).toBeGreaterThan(temperature(date, 4));
  });

  test('goes on over midnight without a step', () => {
    for (const date of dates('2026-03')) {
      const { end, index } = day(date);
      const [before, after] = [
        street.weather.at(day(date), end - 1),
        street.weather.at(street.calendar.day(index + 1), end),
      ];
      expect(Math.abs(after.pressureHpa - before.pressureHpa)).toBeLessThan(0.1);
      expect(Math.abs(after.meanTemperatureC - before.meanTemperatureC)).toBeLessThan(0.3);
    }
  });

  test('rains on 15 to 30 % of the days of a year', () => {
    const first = day('2026-01-01').index;
    const wet = Array.from(
      { length: 365 },
      (_, offset) => street.weather.sky(street.calendar.day(first + offset)).spells.length > 0,
    );
    const share = wet.filter(Boolean).length / 365;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.3);
  });
});

describe('access points', () => {
  test('have a bad hour now and then', () => {
    const kinds = new Map<string, number>();
    for (let index = day('2026-01-01').index; index < day('2026-12-31').index; index++) {
      const one = street.calendar.day(index);
      for (const { kind, from, to } of incidentsOf('AP1', one, Seed.of(1))) {
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(one.end);
      }
    }
    expect(kinds.get('restart')).toBeGreaterThan(50);
    for (const kind of ['interference', 'dhcp', 'slow-uplink'])
      expect(kinds.get(kind), kind).toBeGreaterThan(2);
  });

  test('say nothing while they restart, and their probe gets no answer', () => {
    const monday = day('2026-06-15');
    const silent = Array.from({ length: 1440 * 2 }, (_, half) => monday.start + half * 30_000).filter(
      (time) => street.at({ id: 'AP3', kind: 'access-point' }, time) === undefined,
    );
    expect(silent.length).toBeGreaterThanOrEqual(5);
    const state = street.at({ id: 'P3', kind: 'probe' }, silent[0] ?? 0);
    expect(state).toEqual({ kind: 'probe', target: 'internet', lossPct: 100 });
  });
});
