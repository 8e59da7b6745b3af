import { expect, test } from 'vitest';
import { type RollupName, rollups } from '../model/rollup/rollups.ts';
import { windows } from '../model/rollup/window.ts';
import { definePart, last, list, max, mergeParts, min, sum } from './part.ts';
import { type PartName, parts } from './parts.ts';

const names = Object.keys(parts).filter((name): name is PartName => Object.hasOwn(parts, name));

test.each(names)('%s: what the rollup database takes is what the part has', (name) => {
  const stored: Readonly<Record<string, { readonly fields: object }>> = rollups;
  for (const window of windows) {
    const measurement: RollupName = `${name}_${window}`;
    expect(Object.keys(stored[measurement]?.fields ?? {}).sort()).toEqual(
      Object.keys(parts[name].fields).sort(),
    );
  }
});

const definition = definePart({
  name: 'example',
  description: 'One field of each kind.',
  scope: 'device',
  fields: {
    total: sum('1', ''),
    highest: max('1', ''),
    lowest: min('1', ''),
    latest: last('1', ''),
    each: list('1', ''),
  },
});

test('each field is joined by its rule; what no part has stays absent, and a list is not joined', () => {
  const merged = mergeParts(definition, [
    { total: 1, highest: 5, lowest: 5, latest: 5, each: 5 },
    { total: 2, highest: 3, lowest: 3 },
    { latest: 4 },
  ]);
  expect(merged).toEqual({ total: 3, highest: 5, lowest: 3, latest: 4 });
  expect(mergeParts(definition, [{}, {}])).toEqual({});
});
