import { expect, test } from 'vitest';
import { tagValues } from './tag-values.ts';
import { place } from './variable.ts';

test('the choices of a variable are narrowed by those above it', () => {
  expect(tagValues('occupancy', 'device', { ...place, kind: 'seat' })).toBe(
    'SHOW TAG VALUES FROM "occupancy" WITH KEY = "device" ' +
      `WHERE "site" =~ /^\${site:regex}$/ AND "zone" =~ /^\${zone:regex}$/ AND "kind" = 'seat'`,
  );
});

test('the first variable is narrowed by none', () => {
  expect(tagValues('power', 'site', {})).toBe('SHOW TAG VALUES FROM "power" WITH KEY = "site"');
});
