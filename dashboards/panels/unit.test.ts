import { expect, test } from 'vitest';
import { definitionOf, measurementNames } from '../../model/measurements.ts';
import { grafanaUnits } from './unit.ts';

test.each(measurementNames)('every field of %s has a unit that Grafana knows, in both languages', (name) => {
  const units = Object.values(definitionOf(name).fields).map(({ unit }) => unit);
  expect(units.length).toBeGreaterThan(0);
  for (const unit of units) {
    expect(grafanaUnits[unit].it, unit).toMatch(/^\S/);
    expect(grafanaUnits[unit].en, unit).toMatch(/^\S/);
  }
});

test('the micro of micrograms is the Greek letter that Grafana uses, not the micro sign', () => {
  expect(grafanaUnits['µg/m³'].en.codePointAt(3)).toBe(0x3bc);
});
