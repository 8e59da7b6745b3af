import { expect, test } from 'vitest';
import { growth, last, mean, sum, times } from './expression.ts';
import { toInfluxQL } from './influxql.ts';
import { select, selectFrom } from './select.ts';
import { chosen } from './variable.ts';

const site = { site: chosen('site') } as const;

test('a query by windows has its filters, the time filter, the window, the gaps and the time zone', () => {
  const windows = select('occupancy', {
    columns: { share: times(mean('occupied'), 100) },
    where: { ...site, kind: 'seat' },
    by: ['zone'],
    every: 'interval',
    fill: 'null',
  });
  expect(toInfluxQL(windows, 'Europe/Rome')).toBe(
    'SELECT mean("occupied") * 100.0 AS "share" FROM "occupancy" ' +
      `WHERE "site" =~ /^\${site:regex}$/ AND "kind" = 'seat' AND $timeFilter ` +
      'GROUP BY time($__interval), "zone" fill(null) tz(\'Europe/Rome\')',
  );
});

test('without windows there is no fill', () => {
  const figure = select('probe', { columns: { value: mean('loss_pct') }, where: site, by: ['device'] });
  expect(toInfluxQL(figure, 'UTC')).toBe(
    `SELECT mean("loss_pct") AS "value" FROM "probe" WHERE "site" =~ /^\${site:regex}$/ AND $timeFilter ` +
      'GROUP BY "device" tz(\'UTC\')',
  );
});

const hourly = select('power', {
  columns: { energy: growth('energy_import_wh') },
  where: { ...site, phase: { not: 'total' } },
  by: ['device'],
  every: '1h',
});

test('windows in a subquery have the time zone, so that a day begins at local midnight', () => {
  const total = selectFrom(hourly, { columns: { energy: sum('energy') }, every: '1d' });
  expect(toInfluxQL(total, 'Europe/Rome')).toBe(
    'SELECT sum("energy") AS "energy" FROM (' +
      'SELECT non_negative_difference(max("energy_import_wh")) AS "energy" FROM "power" ' +
      `WHERE "site" =~ /^\${site:regex}$/ AND "phase" != 'total' AND $timeFilter ` +
      'GROUP BY time(1h), "device" fill(none) tz(\'Europe/Rome\')) ' +
      "GROUP BY time(1d) fill(none) tz('Europe/Rome')",
  );
});

test('filled windows over those of a subquery are bound to the range, for they would begin in 1970', () => {
  const total = selectFrom(hourly, { columns: { energy: sum('energy') }, every: '1d', fill: 'null' });
  expect(toInfluxQL(total, 'UTC')).toMatch(
    /\) WHERE \$timeFilter GROUP BY time\(1d\) fill\(null\) tz\('UTC'\)$/,
  );
});

test('one figure over the windows of a subquery is not cut at the start of the range again', () => {
  const total = toInfluxQL(selectFrom(hourly, { columns: { energy: sum('energy') } }), 'Europe/Rome');
  expect(total.endsWith(`fill(none) tz('Europe/Rome')) tz('Europe/Rome')`)).toBe(true);
  expect(total.match(/\$timeFilter/g)).toHaveLength(1);
});

test('quotes and backslashes in names and values are escaped', () => {
  const odd = select('probe', { columns: { 'a"b\\c': last('latency_ms') }, where: site });
  expect(toInfluxQL(odd, "O'Clock")).toBe(
    `SELECT last("latency_ms") AS "a\\"b\\\\c" FROM "probe" WHERE "site" =~ /^\${site:regex}$/ AND $timeFilter ` +
      "tz('O\\'Clock')",
  );
});

test('what the model does not have does not compile', () => {
  const made = [
    // @ts-expect-error no such measurement
    () => select('noise', { columns: { value: mean('people') }, where: site }),
    // @ts-expect-error no such field
    () => select('occupancy', { columns: { value: mean('clients') }, where: site }),
    // @ts-expect-error no such tag
    () => select('occupancy', { columns: { value: mean('people') }, where: { band: '5' } }),
    // @ts-expect-error no such value of the tag
    () => select('occupancy', { columns: { value: mean('people') }, where: { kind: 'bench' } }),
    // @ts-expect-error a place is chosen in a variable, never written down
    () => select('occupancy', { columns: { value: mean('people') }, where: { site: 'via-rossini' } }),
    // @ts-expect-error no such tag to group by
    () => select('occupancy', { columns: { value: mean('people') }, where: site, by: ['phase'] }),
    // @ts-expect-error no such column of the subquery
    () => selectFrom(hourly, { columns: { value: sum('power') } }),
    // @ts-expect-error the subquery is not grouped by that tag
    () => selectFrom(hourly, { columns: { value: sum('energy') }, by: ['zone'] }),
  ];
  expect(made).toHaveLength(8);
});
