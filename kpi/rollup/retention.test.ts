import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Point } from '../../model/point.ts';
import { openDuckDbHistories } from '../../store/duckdb/duckdb-store.ts';
import type { Histories } from '../../store/history.ts';
import { keep } from '../../test/kpi/histories.ts';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { viaRossini as site } from '../../test/support/via-rossini.ts';

const minute = 60_000;
const day = 24 * 3_600_000;
const start = Date.UTC(2026, 4, 1);

/** A seat that reports every minute and is taken in every second quarter of an hour. */
const seatDay = (from: number, length = day): Point[] =>
  Array.from({ length: length / minute }, (_, index) => ({
    measurement: 'occupancy',
    tags: { site: site.id, zone: 'teatro', device: 'S01', kind: 'seat' },
    fields: { occupied: Math.floor(index / 15) % 2 },
    time: from + index * minute,
  }));

const rawTimes = async ({ raw }: Histories): Promise<readonly number[]> => {
  const tags = { site: site.id };
  const series = await raw.scan({ measurement: 'occupancy', fields: [], from: 0, to: 4e12, tags });
  return series.flatMap(({ times }) => [...times]);
};
const windowsOf = async ({ rollup }: Histories, window: '1m' | '15m' | '1h' | '1d') => {
  const tags = { site: site.id };
  const name = `seat_${window}` as const;
  const series = await rollup.scan({ measurement: name, fields: ['occupied_ms'], from: 0, to: 4e12, tags });
  return series.flatMap(({ fields }) => [...(fields.occupied_ms ?? [])]);
};

const write = async (histories: Histories, kept: ReturnType<typeof keep>, points: readonly Point[]) => {
  await histories.raw.write(points);
  kept.roller.noteStored(points);
};

test('raw seat data is gone after 30 days, minutes after a year; quarters, hours and days stay', async () => {
  const histories = await openDuckDbHistories({ path: ':memory:' });
  const kept = keep(histories, site);
  await write(histories, kept, [...seatDay(start), ...seatDay(start + 2 * day)]);
  kept.clock.ms = start + 4 * day;
  await kept.roller.catchUp();
  const [minutes, quarters] = [await windowsOf(histories, '1m'), await windowsOf(histories, '15m')];
  // Held for ten minutes after the last report of each day.
  expect(minutes.length).toBe(2 * (1_440 + 9));

  const pass = async (now: number) => {
    kept.clock.ms = now;
    // What came in the last two passes may still be coming.
    for (let times = 0; times < 3; times++) await kept.retention.run();
    return (await rawTimes(histories)).length;
  };
  expect(await pass(start + 30 * day)).toBe(2 * 1_440);
  expect(await pass(start + 31 * day)).toBe(1_440);
  expect(await rawTimes(histories)).toEqual(seatDay(start + 2 * day).map(({ time }) => time));
  expect(await pass(start + 33 * day)).toBe(0);
  expect(await windowsOf(histories, '1m')).toEqual(minutes);
  await pass(start + 370 * day);
  expect(await windowsOf(histories, '1m')).toEqual([]);
  expect(await windowsOf(histories, '15m')).toEqual(quarters);
  expect((await windowsOf(histories, '1d')).reduce((sum, ms) => sum + ms, 0)).toBe(
    quarters.reduce((sum, ms) => sum + ms, 0),
  );
  await histories.raw.close();
});

test('a back-fill of long ago is made into windows before it is deleted', async () => {
  const histories = await openDuckDbHistories({ path: ':memory:' });
  const kept = keep(histories, site);
  kept.clock.ms = start + 200 * day;
  await write(histories, kept, seatDay(start));
  for (let times = 0; times < 3; times++) await kept.retention.run();
  expect(await rawTimes(histories)).toHaveLength(1_440);
  await kept.roller.catchUp();
  for (let times = 0; times < 3; times++) await kept.retention.run();
  expect(await rawTimes(histories)).toEqual([]);
  const quarters = await windowsOf(histories, '15m');
  expect(quarters.reduce((sum, ms) => sum + ms, 0)).toBe(day / 2 + 9 * minute);

  // One late point beside deleted ones must not make a window of itself alone.
  await write(histories, kept, seatDay(start + 5 * 3_600_000, minute));
  await kept.roller.catchUp();
  expect(await windowsOf(histories, '15m')).toEqual(quarters);
  expect(kept.warnings).toEqual([
    expect.stringContaining('points came after those beside them were deleted'),
  ]);
  await histories.raw.close();
});

test('the site file says otherwise', async () => {
  const histories = await openDuckDbHistories({ path: ':memory:' });
  const kept = keep(histories, { ...site, retention: { raw_days: 3, rollup_1h_days: 40 } });
  await write(histories, kept, seatDay(start));
  kept.clock.ms = start + 2 * day;
  await kept.roller.catchUp();
  kept.clock.ms = start + 4.5 * day;
  for (let times = 0; times < 3; times++) await kept.retention.run();
  expect((await rawTimes(histories)).length).toBe(0);
  expect((await windowsOf(histories, '1h')).length).toBe(25);
  kept.clock.ms = start + 50 * day;
  await kept.retention.run();
  expect(await windowsOf(histories, '1h')).toEqual([]);
  expect((await windowsOf(histories, '1m')).length).toBe(1_449);
  await histories.raw.close();
});

test('the file does not grow for ever', async () => {
  const path = `${temporaryDirectory()}/aperto.duckdb`;
  const histories = await openDuckDbHistories({ path });
  const sizes: number[] = [];
  for (let month = 0; month < 6; month++) {
    const from = start + month * 30 * day;
    await histories.raw.replace([
      {
        measurement: 'occupancy',
        tags: { site: site.id },
        from,
        to: from + 30 * day,
        series: site.seats.map(({ id, zone }) => {
          const times = Float64Array.from({ length: 30 * 288 }, (_, index) => from + index * 5 * minute);
          const tags = { site: site.id, zone, device: id, kind: 'seat' };
          return {
            tags,
            times,
            fields: { people: times.map((time, index) => (time * 7919 + index) % 9_999) },
          };
        }),
      },
    ]);
    await histories.raw.expire('occupancy', site.id, from);
    sizes.push(statSync(path).size);
  }
  const [, second = 0] = sizes;
  expect(Math.max(...sizes.slice(2))).toBeLessThan(1.5 * second);
  await histories.raw.close();
});
