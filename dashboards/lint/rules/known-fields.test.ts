import { expect, test } from 'vitest';
import { board, findings, panel, target } from '../../../test/support/boards.ts';
import { knownFields } from './known-fields.ts';

const of = (query: string): string[] => findings(knownFields, [board([panel({ targets: [target(query)] })])]);

test.each([
  'SELECT last("people") FROM "occupancy" WHERE $timeFilter GROUP BY "device"',
  'SELECT mean(people) FROM occupancy WHERE "kind" = \'counter\' AND $timeFilter',
  'SELECT sum("x") * 2 FROM (SELECT max("tx_bytes") AS "x" FROM "radio" GROUP BY time(1m), "band" fill(none)) GROUP BY "band"',
])('%s passes', (query) => {
  expect(of(query)).toEqual([]);
});

const where = 'it/people.json:People:known-fields query A';

test.each([
  [
    'SELECT mean("persons") FROM "occupancy" WHERE $timeFilter',
    `reads the field "persons", which the model's measurement "occupancy" does not have`,
  ],
  [
    'SELECT mean("people") FROM "crowd" WHERE $timeFilter',
    'reads the measurement "crowd", which the model does not have',
  ],
  [
    'SELECT mean("people") FROM "occupancy" WHERE "floor" = \'2\' AND $timeFilter',
    `uses the tag "floor", which the model's measurement "occupancy" does not have`,
  ],
  [
    'SELECT mean("people") FROM "occupancy" WHERE $timeFilter GROUP BY time(1m), "band" fill(null)',
    `uses the tag "band", which the model's measurement "occupancy" does not have`,
  ],
  [
    'SELECT sum("y") FROM (SELECT mean("people") AS "x" FROM "occupancy" WHERE $timeFilter)',
    'reads the column "y", which its subquery does not have',
  ],
  [
    'SELECT sum("x") FROM (SELECT mean("people") AS "x" FROM "occupancy" WHERE $timeFilter) GROUP BY "zone"',
    'uses the tag "zone", which its subquery does not have',
  ],
  ['SHOW MEASUREMENTS', 'is no SELECT that can be read: SHOW MEASUREMENTS'],
])('%s is found', (query, message) => {
  expect(of(query)).toEqual([`${where} ${message}`]);
});
