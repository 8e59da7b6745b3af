import { expect, test } from 'vitest';
import { viaRossini as site } from '../../test/support/via-rossini.ts';
import { accessPointTable } from './access-point.ts';
import { meterReports } from './device-health.ts';
import { namesOfSeries, valueMappings } from './names.ts';
import { occupancyTrend } from './occupancy-range.ts';
import { energyByCircuit } from './power-range.ts';

test('lines by zone bear the zones of the site file', () => {
  const overrides = namesOfSeries(occupancyTrend, site, 'it');
  expect(overrides).toHaveLength(site.zones.length);
  expect(overrides[0]).toEqual({
    matcher: { id: 'byName', options: 'teatro' },
    properties: [{ id: 'displayName', value: 'Largo del Teatro' }],
  });
});

test('bars by meter bear the names of the meters, through a subquery too', () => {
  const names = namesOfSeries(energyByCircuit, site, 'en').map(({ properties }) => properties[0]?.value);
  expect(names).toContain('Lighting and network');
});

test('rows of a table by meter are named in its column', () => {
  const [override, ...more] = namesOfSeries(meterReports, site, 'it');
  expect(more).toEqual([]);
  expect(override?.matcher).toEqual({ id: 'byName', options: 'device' });
  expect(override?.properties[0]).toMatchObject({
    id: 'mappings',
    value: [{ type: 'value', options: { M7: { text: 'Illuminazione e rete', index: 6 } } }],
  });
});

test('devices without a name show their id', () => {
  expect(namesOfSeries(accessPointTable, site, 'it')).toEqual([]);
});

test('yes and no have words and colours', () => {
  const taken = { '1': { text: { it: 'Occupato', en: 'Taken' }, color: 'orange' } };
  expect(valueMappings(taken, 'it')).toEqual([
    { type: 'value', options: { '1': { text: 'Occupato', color: 'orange', index: 0 } } },
  ]);
});
