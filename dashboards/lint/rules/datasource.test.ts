import { expect, test } from 'vitest';
import { board, findings, goodQuery, panel, target } from '../../../test/support/boards.ts';
import { datasource, variables } from './datasource.ts';

const fixed = { type: 'influxdb', uid: 'P951FEA4DE68E13C5' };

test('a panel that asks the variable passes', () => {
  expect(findings(datasource, [board()])).toEqual([]);
});

test('a fixed data source is found, of the panel as of its queries', () => {
  const panels = [panel({ datasource: fixed, targets: [target(goodQuery, { datasource: fixed })] })];
  expect(findings(datasource, [board(panels)])).toEqual([
    `it/people.json:People:datasource asks the wrong data source in 2 places; use \${datasource}`,
  ]);
});

test('a board without the variable is found', () => {
  expect(findings(datasource, [board([panel()], { templating: { list: [] } })])).toEqual([
    'it/people.json:People:datasource stands on a board without the variable "datasource"; add it',
  ]);
});

test('windows are asked in a source of their own', () => {
  const query = `SELECT sum("user_ms") AS "user" FROM "wifi_15m" WHERE "site" =~ /^\${site:regex}$/ AND $timeFilter`;
  expect(findings(datasource, [board([panel({ targets: [target(query)] })])])).toEqual([
    `it/people.json:People:datasource asks the wrong data source in 2 places; use \${windows}`,
    'it/people.json:People:datasource stands on a board without the variable "windows"; add it',
  ]);
});

const zone = {
  name: 'zone',
  type: 'query',
  label: 'Zone',
  refresh: 2,
  multi: true,
  includeAll: true,
  datasource: { type: 'influxdb', uid: `\${datasource}` },
};

test('a variable that follows the time range and offers all passes', () => {
  expect(findings(variables, [board([], { templating: { list: [zone] } })])).toEqual([]);
});

test.each([
  [{ refresh: 1 }, 'is not refreshed when the time range changes'],
  [{ datasource: fixed }, `asks a fixed data source; use \${datasource}`],
  [{ label: '' }, 'has no label'],
  [{ includeAll: false }, 'offers neither several values nor all of them'],
])('a variable with %j is found', (changes, message) => {
  const list = [{ ...zone, ...changes }];
  expect(findings(variables, [board([], { templating: { list } })])).toEqual([
    `it/people.json::variables variable "zone" ${message}`,
  ]);
});
