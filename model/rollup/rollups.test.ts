import { expect, test } from 'vitest';
import { parts } from '../../kpi/parts.ts';
import { definitionOf } from '../measurements.ts';
import { rollupBases } from './rollups.ts';
import { windows } from './window.ts';

test('every part that figures are computed from has its field and unit, in all four windows', () => {
  expect(Object.keys(rollupBases)).toEqual(Object.keys(parts));
  let fields = 0;
  for (const [name, part] of Object.entries(parts)) {
    for (const window of windows) {
      const definition = definitionOf(`${part.name}_${window}`);
      const units = Object.entries(definition.fields).map(([field, { unit }]) => [field, unit]);
      expect([name, units]).toEqual([
        name,
        Object.entries(part.fields).map(([field, { unit }]) => [field, unit]),
      ]);
      fields += units.length;
    }
  }
  expect(fields).toBeGreaterThan(400);
});
