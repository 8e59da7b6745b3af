import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Point } from '../../model/point.ts';
import { usageRollup } from '../../model/rollup/usage.ts';
import { askInflux } from '../support/grafana.ts';
import { viaRossini as site } from '../support/via-rossini.ts';
import { keep, openBoth } from './histories.ts';

const minute = 60_000;
/** A Sunday in Pesaro: at 01:00Z clocks go back from three to two. */
const start = Date.parse('2026-10-25T00:00:00Z');
const hours = 4;

/** S01 is taken in the first 15 minutes of each hour, S11 in the first 30 of all but the first. */
const seats: readonly Point[] = (
  [
    ['teatro', 'S01', 15, 0],
    ['portico', 'S11', 30, 1],
  ] as const
).flatMap(([zone, device, taken, firstHour]) =>
  Array.from({ length: hours * 60 - 10 }, (_, index): Point => {
    const occupied = index >= firstHour * 60 && index % 60 < taken ? 1 : 0;
    const tags = { site: site.id, zone, device, kind: 'seat' };
    return { measurement: 'occupancy', tags, fields: { occupied }, time: start + index * minute };
  }),
);

/** A radio with 10 clients of which 2 are weak for the first hour. */
const radio: readonly Point[] = Array.from({ length: hours * 60 }, (_, index) => ({
  measurement: 'radio',
  tags: { site: site.id, zone: 'teatro', device: 'AP1', band: '5' },
  fields: { clients: 10, clients_weak: index < 60 ? 2 : 0, signal_dbm: -60 },
  time: start + index * minute,
}));

let both: Awaited<ReturnType<typeof openBoth>>;
beforeAll(async () => {
  both = await openBoth();
  for (const histories of Object.values(both.all)) {
    const { clock, roller } = keep(histories, site);
    for (const batch of [seats.slice(0, 90), radio, seats.slice(90)]) {
      await histories.raw.write(batch);
      roller.noteStored(batch);
      clock.ms = start + 12 * 60 * minute;
      await roller.catchUp();
    }
  }
});
afterAll(() => both.stop());

const span = { from: start, to: start + hours * 60 * minute };

test.each(['duckdb', 'influx'] as const)(
  '%s: use by weekday and hour of the clock, seats of a zone together',
  async (engine) => {
    const series = await both.all[engine].rollup.scan({
      measurement: 'usage_1h',
      fields: Object.keys(usageRollup.fields),
      tags: { site: site.id },
      ...span,
    });
    const told = series.map(({ tags: { zone, weekday, hour }, times, fields }) => {
      const minutesOf = (field: string) => [...(fields[field] ?? [])].map((ms) => ms / minute);
      const at = [...times].map((time) => (time - start) / 60 / minute);
      return [zone, weekday, hour, at, minutesOf('valid_ms'), minutesOf('occupied_ms')];
    });
    expect(told).toEqual([
      ['portico', '7', '02', [0, 1], [60, 60], [0, 30]],
      ['portico', '7', '03', [2], [60], [30]],
      ['portico', '7', '04', [3], [59], [30]],
      ['teatro', '7', '02', [0, 1], [60, 60], [15, 15]],
      ['teatro', '7', '03', [2], [60], [15]],
      ['teatro', '7', '04', [3], [59], [15]],
    ]);
  },
);

test('InfluxQL draws the map of a week from it', async () => {
  const statement =
    'SELECT 100 * sum("occupied_ms") / sum("valid_ms") AS "share" FROM "usage_1h" ' +
    `WHERE time >= ${span.from}ms AND time < ${span.to}ms GROUP BY "weekday", "hour"`;
  const tables = await askInflux(both.influx, statement);
  expect(tables.map(({ tags, values }) => [tags.weekday, tags.hour, values[0]?.[1]])).toEqual([
    ['7', '02', (100 * 60) / 240],
    ['7', '03', (100 * 45) / 120],
    ['7', '04', (100 * 45) / 118],
  ]);
});

test('a cause that did not occur is 0 where its level was judged, so a service level is one expression', async () => {
  const statement =
    'SELECT 100 - 100 * (sum("coverage_weak_signal_ms") + sum("coverage_asymmetry_ms")) / sum("coverage_ms") AS "good", ' +
    '100 - 100 * sum("roaming_slow_ms") / sum("roaming_ms") AS "roams" ' +
    `FROM "wifi_15m" WHERE time >= ${span.from}ms AND time < ${span.to}ms AND "band" = '5' GROUP BY time(1h)`;
  const [table] = await askInflux(both.influx, statement);
  // Nobody roamed: that level was not judged, which is neither good nor bad.
  expect(table?.values.map(([, good, roams]) => [good, roams])).toEqual([
    [80, null],
    [100, null],
    [100, null],
    [100, null],
  ]);
  for (const histories of Object.values(both.all)) {
    const fields = ['coverage_ms', 'coverage_asymmetry_ms', 'roaming_ms', 'roaming_slow_ms'];
    const tags = { site: site.id, device: 'AP1', band: '5' };
    const [windows] = await histories.rollup.scan({ measurement: 'wifi_1h', fields, tags, ...span });
    expect(Object.values(windows?.fields ?? {}).map((column) => [...column].slice(0, 3))).toEqual([
      [36e6, 36e6, 36e6],
      [0, 0, 0],
      [Number.NaN, Number.NaN, Number.NaN],
      [Number.NaN, Number.NaN, Number.NaN],
    ]);
  }
});
