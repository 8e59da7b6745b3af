import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { annotations } from './annotations.ts';

const source = { type: 'influxdb', uid: `\${datasource}` };
const of = (query: string | undefined, datasource = source): string[] =>
  findings(annotations, [
    board([panel()], {
      annotations: {
        list: [{ name: 'Start', datasource, ...(query === undefined ? {} : { target: { query } }) }],
      },
    }),
  ]);
const start =
  'SELECT "uptime_s" AS "uptime", "version" FROM "pipeline" WHERE "uptime_s" < 90 AND $timeFilter';

test('a mark with known names, a time filter and its data source passes, and so does a board without any', () => {
  expect(of(start)).toEqual([]);
  expect(findings(annotations, [board()])).toEqual([]);
});

test.each([
  [undefined, source, 'has no query'],
  [start.replace(' AND $timeFilter', ''), source, 'has no $timeFilter'],
  [
    start.replace('"uptime_s" AS', '"up_s" AS'),
    source,
    `: query  reads the field "up_s", which the model's measurement "pipeline" does not have`,
  ],
  [start, { ...source, uid: 'fixed' }, `asks the wrong data source; use \${datasource}`],
])('%s is found', (query, datasource, message) => {
  expect(of(query, datasource)).toEqual([expect.stringMatching(/^it\/people\.json::annotations "Start"/)]);
  expect(of(query, datasource)[0]).toContain(message);
});

test('a mark of windows needs their variable', () => {
  const query = 'SELECT "over_ms" AS "over", "source" FROM "presence_15m" WHERE $timeFilter';
  expect(of(query, { ...source, uid: `\${windows}` })).toEqual([
    'it/people.json::annotations "Start" needs the variable "windows"; add it',
  ]);
});
