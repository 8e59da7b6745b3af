import { expect, test } from 'vitest';
import { board, findings, panel, target } from '../../../test/support/boards.ts';
import { timeFilter } from './time-filter.ts';

const of = (query: string): string[] => findings(timeFilter, [board([panel({ targets: [target(query)] })])]);

const inner = 'SELECT max("people") AS "x" FROM "occupancy" WHERE $timeFilter GROUP BY time(1m) fill(none)';

test.each([
  'SELECT last("people") FROM "occupancy" WHERE $timeFilter',
  `SELECT sum("x") FROM (${inner})`,
  `SELECT sum("x") FROM (${inner}) GROUP BY time(1h) fill(none)`,
  `SELECT sum("x") FROM (${inner}) WHERE $timeFilter GROUP BY time(1h)`,
])('%s passes', (query) => {
  expect(of(query)).toEqual([]);
});

test.each([
  'SELECT last("people") FROM "occupancy"',
  'SELECT last("people") FROM "occupancy" WHERE time > now() - 1h',
  'SELECT sum("x") FROM (SELECT max("people") AS "x" FROM "occupancy") WHERE $timeFilter',
  `SELECT sum("x") FROM (${inner}) GROUP BY time(1h) fill(null)`,
  `SELECT sum("x") FROM (${inner}) GROUP BY time(1h)`,
  'SHOW MEASUREMENTS',
])('%s is found', (query) => {
  expect(of(query)).toEqual(['it/people.json:People:time-filter query A has no $timeFilter']);
});
