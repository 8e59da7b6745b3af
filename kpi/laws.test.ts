import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, minutes, rome } from '../test/kpi/support.ts';
import { Counter } from './counter.ts';
import { type EnergyOptions, energyParts, importWh } from './energy.ts';
import { gateParts } from './gate.ts';
import { type Grid, gridOf, hourMs, minuteMs, quarterMs } from './grid.ts';
import { healthParts } from './health.ts';
import { mergeParts, type Part } from './part.ts';
import { type PartName, parts } from './parts.ts';
import { presenceParts, seatChanges } from './presence.ts';
import { probeParts } from './probe.ts';
import { seatParts, seatStates } from './seat.ts';
import { sessionParts, sessionsOf } from './session.ts';
import { defaultKpiSettings as settings } from './settings.ts';
import { inOrder, type Report } from './state.ts';
import { wifiParts } from './wifi.ts';

const silenceMs = minutes(10);
const options: EnergyOptions = { maxSilenceMs: silenceMs, local: rome, settings };

/** Local days of 24, 23 and 25 hours. */
const day = fc
  .constantFrom('2026-06-23T12:00Z', '2026-03-29T12:00Z', '2026-10-25T12:00Z')
  .map((noon) => rome.at(at(noon)).day);

/** What a device of every kind at once may say; gaps up to three times its patience. */
const fields = fc.record({
  occupied: fc.integer({ min: 0, max: 1 }),
  clients: fc.integer({ min: 0, max: 40 }),
  clients_weak: fc.integer({ min: 0, max: 10 }),
  signal_dbm: fc.integer({ min: -90, max: -40 }),
  utilization_pct: fc.integer({ min: 0, max: 100 }),
  time_to_connect_ms: fc.integer({ min: 0, max: 5000 }),
  connects: fc.integer({ min: 0, max: 500 }),
  in_total: fc.integer({ min: 0, max: 500 }),
  out_total: fc.integer({ min: 0, max: 500 }),
  latency_ms: fc.integer({ min: 1, max: 12_000 }),
  active_power_w: fc.integer({ min: -5000, max: 5000 }),
  energy_import_wh: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
});
const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 * 60 }), fields), { maxLength: 80 });
const reported = fc.tuple(day, gaps).map(([of, steps]) => {
  let time = of.from - silenceMs;
  const reports: Report[] = steps.map(([seconds, { energy_import_wh, ...said }]) => {
    time += seconds * 1000;
    return { time, fields: energy_import_wh === undefined ? said : { ...said, energy_import_wh } };
  });
  return { day: of, reports };
});

/** Every kind of part that adds up in time, made of the same reports. */
const makers: Readonly<
  Record<Exclude<PartName, 'session'>, (reports: readonly Report[], grid: Grid) => readonly Part[]>
> = {
  seat: (reports, grid) => seatParts(seatStates(reports, silenceMs), grid),
  presence: (reports, grid) => {
    const group = { devices: 1, capacity: 1, source: 'seats' as const };
    return presenceParts(seatChanges(seatStates(reports, silenceMs)), group, grid, settings);
  },
  gate: (reports, grid) => gateParts(reports, silenceMs, grid),
  wifi: (reports, grid) => wifiParts(reports, '5', silenceMs, grid, settings),
  probe: (reports, grid) => probeParts(reports, silenceMs, grid),
  energy: (reports, grid) => energyParts({ total: reports }, grid, options),
  health: (reports, grid) => healthParts(reports, [], silenceMs, grid),
};
const kinds = Object.keys(makers).filter((name): name is keyof typeof makers => Object.hasOwn(makers, name));

/** Energies agree to their last digits, all else exactly. */
const alike = (name: PartName, part: Part): unknown =>
  Object.fromEntries(
    Object.entries(part).map(([field, value = 0]) => [
      field,
      name === 'energy' && /wh$|vah$|^current/.test(field) ? expect.closeTo(value, 6) : value,
    ]),
  );

test.each(kinds)('%s: the minutes and the quarter hours of a day sum to the day', (name) => {
  fc.assert(
    fc.property(reported, ({ day: of, reports }) => {
      const hours = mergeParts(parts[name], makers[name](reports, gridOf(of, hourMs)));
      for (const everyMs of [minuteMs, quarterMs]) {
        const small = makers[name](reports, gridOf(of, everyMs));
        expect(mergeParts(parts[name], small)).toEqual(alike(name, hours));
      }
    }),
    { numRuns: 20 },
  );
});

test.each(kinds)('%s: windows made apart are those made together', (name) => {
  fc.assert(
    fc.property(reported, fc.integer({ min: 0, max: 91 }), ({ day: of, reports }, place) => {
      const grid = gridOf(of, quarterMs);
      const together = makers[name](reports, grid)[place] ?? {};
      const [apart] = makers[name](reports, { ...grid, from: grid.from + place * quarterMs, count: 1 });
      expect(apart).toEqual(alike(name, together));
    }),
    { numRuns: 30 },
  );
});

test.each(kinds)('%s: shuffled and repeated reports change nothing', (name) => {
  fc.assert(
    fc.property(reported, fc.infiniteStream(fc.nat()), ({ day: of, reports }, keys) => {
      const came = [...reports, ...reports.filter((_, index) => index % 3 === 0)]
        .map((report) => [keys.next().value ?? 0, report] as const)
        .sort(([a], [b]) => a - b)
        .map(([, report]) => report);
      const grid = gridOf(of, quarterMs);
      expect(makers[name](inOrder(came), grid)).toEqual(makers[name](reports, grid));
    }),
    { numRuns: 30 },
  );
});

test('occupied ≤ valid ≤ elapsed, and people at free seats are none', () => {
  fc.assert(
    fc.property(reported, ({ day: of, reports }) => {
      for (const { valid_ms = 0, occupied_ms = 0, people_ms = 0 } of makers.seat(
        reports,
        gridOf(of, quarterMs),
      ) as readonly Record<string, number>[]) {
        expect(occupied_ms).toBeLessThanOrEqual(valid_ms);
        expect(valid_ms).toBeLessThanOrEqual(quarterMs);
        expect(people_ms).toBe(occupied_ms);
      }
    }),
  );
});

test('good and bad user time: what a level judges is never less than what is bad', () => {
  fc.assert(
    fc.property(reported, ({ day: of, reports }) => {
      const part = mergeParts(
        parts.wifi,
        wifiParts(reports, '2.4', silenceMs, gridOf(of, quarterMs), settings),
      );
      for (const level of ['coverage', 'capacity', 'throughput', 'time_to_connect'] as const) {
        const all = part[`${level}_ms`] ?? 0;
        const bad = Object.entries(part).filter(
          ([key]) => key.startsWith(`${level}_`) && key !== `${level}_ms`,
        );
        expect(bad.reduce((sum, [, ms = 0]) => sum + ms, 0)).toBeLessThanOrEqual(all);
        expect(all).toBeLessThanOrEqual(part.user_ms ?? 0);
      }
    }),
  );
});

test('energy bands sum to what the counter counted', () => {
  const rises = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 200 });
  fc.assert(
    fc.property(day, rises, (of, amounts) => {
      let value = 100;
      const total = amounts.map((amount, index) => {
        value += amount;
        return { time: of.from + index * 7 * minuteMs, fields: { energy_import_wh: value } };
      });
      const part = mergeParts(
        parts.energy,
        energyParts({ total }, gridOf({ from: of.from, to: of.to + 8 * hourMs }, hourMs), options),
      );
      expect(importWh(part)).toBeCloseTo(value - 100 - (amounts[0] ?? 0), 6);
    }),
  );
});

/** A counter with a rise between any two readings, so that a wrong one is told from a small consumption. */
const counted = (values: readonly number[]): number => {
  const counter = new Counter();
  for (const [index, value] of values.entries()) counter.push({ time: index * 10_000, value });
  counter.finish();
  return counter.steps.reduce((sum, { amount }) => sum + amount, 0);
};

test('one wrong reading, low or high, changes no total', () => {
  const rises = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 40 });
  fc.assert(
    fc.property(
      rises,
      fc.nat(),
      fc.oneof(
        fc.constant(0),
        fc.double({ min: 0, max: 0.8, noNaN: true }),
        fc.double({ min: 1.5, max: 1e4, noNaN: true }),
      ),
      (steps, place, factor) => {
        let value = 1000;
        const values = [value, ...steps.map((step) => (value += step))];
        const wrongAt = 1 + (place % (values.length - 3));
        const wrong = values.toSpliced(wrongAt, 0, (values[wrongAt] ?? 0) * factor);
        expect(counted(wrong)).toBeCloseTo(value - 1000, 9);
      },
    ),
  );
});

test('sessions of quarter hours are those of the day, none longer than the day and its edges', () => {
  fc.assert(
    fc.property(reported, ({ day: of, reports }) => {
      const sessions = sessionsOf(seatStates(reports, silenceMs), settings);
      const made = mergeParts(parts.session, sessionParts(sessions, gridOf(of, quarterMs)));
      const within = sessions.filter(({ from }) => from >= of.from && from < of.to);
      expect(made.sessions ?? 0).toBe(within.length);
      expect(made.dwell_ms ?? 0).toBe(within.reduce((sum, { from, to }) => sum + to - from, 0));
      for (const [index, { from, to }] of sessions.entries()) {
        expect(to - from).toBeGreaterThanOrEqual(settings.sessionDropMs);
        expect(from - (sessions[index - 1]?.to ?? -Infinity)).toBeGreaterThanOrEqual(settings.sessionJoinMs);
      }
    }),
  );
});
