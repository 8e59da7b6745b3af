import { expect, test } from 'vitest';
import { parseSelect } from './parse.ts';

test('a query falls into what it reads, writes, filters and groups', () => {
  const text =
    'SELECT 100.0 * max("a") / mean("b") AS "share", last(c) AS d FROM (SELECT sum("x") AS "a" FROM "db"' +
    ' WHERE "tag" != \'it\\\'s\' AND $timeFilter GROUP BY "device") ' +
    `WHERE "zone" =~ /^(a\\/b|\${zone:regex})$/ GROUP BY time($__interval), "zone" fill(previous) ` +
    "ORDER BY time DESC LIMIT 5 tz('Europe/Rome')";
  expect(parseSelect(text)).toEqual({
    from: {
      from: 'db',
      reads: ['x'],
      told: [],
      columns: ['a'],
      where: [{ tag: 'tag', value: { kind: 'string', text: "it\\'s" } }],
      hasTimeFilter: true,
      by: ['device'],
      filled: false,
    },
    reads: ['a', 'b', 'c'],
    told: [],
    columns: ['share', 'd'],
    where: [{ tag: 'zone', value: { kind: 'regex', text: `^(a\\/b|\${zone:regex})$` } }],
    hasTimeFilter: false,
    by: ['zone'],
    filled: true,
  });
});

test.each([
  'SHOW TAG VALUES FROM "a" WITH KEY = "b"',
  'SELECT "a"',
  'SELECT "a" FROM',
  'SELECT "a" FROM (SELECT "b" FROM "c"',
  'SELECT "a" FROM "b" tz(',
  'SELECT "a" FROM "b") tz(\'UTC\')',
  'SELECT "a FROM "b"',
  'SELECT a FROM b § c',
])('%s is not read', (text) => {
  expect(parseSelect(text)).toBeUndefined();
});
