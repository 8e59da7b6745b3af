import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viaRossini } from '../test/support/via-rossini.ts';
import { Calendar } from './calendar.ts';
import { Profile } from './profile.ts';

const day = new Calendar(viaRossini).at(Date.parse('2026-06-15T12:00:00Z'));
const profile = (watts: (minute: number) => number): Profile =>
  new Profile(
    day,
    Float64Array.from({ length: 1441 }, (_, minute) => watts(minute)),
  );
const minute = 60_000;

test('a constant 600 W is 10 Wh a minute, either way', () => {
  expect(profile(() => 600).energyAt(day.start + 90_000).importWh).toBeCloseTo(15, 9);
  expect(profile(() => -600).energyAt(day.start + 90_000)).toEqual({ importWh: 0, exportWh: 15 });
  expect(profile(() => 600).total.importWh).toBeCloseTo(14_400, 6);
});

test('a line through zero takes and gives its two triangles', () => {
  const line = profile((at) => (at === 0 ? -300 : at === 1 ? 900 : 0));
  const { importWh, exportWh } = line.energyAt(day.start + minute);
  expect(exportWh).toBeCloseTo((300 / 2) * (0.25 / 60), 9);
  expect(importWh).toBeCloseTo((900 / 2) * (0.75 / 60), 9);
});

test('counters never fall, and their difference is the integral of the power', () => {
  const watts = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(watts, (knots) => {
      const line = profile((at) => knots[at % 20] ?? 0);
      const stepMs = 5_000;
      let net = 0;
      for (let time = day.start; time < day.start + 20 * minute; time += stepMs) {
        const [before, after] = [line.energyAt(time), line.energyAt(time + stepMs)];
        expect(after.importWh).toBeGreaterThanOrEqual(before.importWh - 1e-9);
        expect(after.exportWh).toBeGreaterThanOrEqual(before.exportWh - 1e-9);
        net += ((line.at(time) + line.at(time + stepMs)) / 2) * (stepMs / 3_600_000);
      }
      const { importWh, exportWh } = line.energyAt(day.start + 20 * minute);
      expect(importWh - exportWh).toBeCloseTo(net, 6);
    }),
  );
});
