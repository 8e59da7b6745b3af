import { expect, test } from 'vitest';
import { ApertoError } from '../../model/errors.ts';
import type { Point } from '../../model/point.ts';
import { openDuckDbHistories } from '../../store/duckdb/duckdb-store.ts';
import type { Histories } from '../../store/history.ts';
import { keep } from '../../test/kpi/histories.ts';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { viaRossini as site } from '../../test/support/via-rossini.ts';
import { Marks } from './marks.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 5, 23, 8);

const meterAt = (minutes: number, wh: number): Point => ({
  measurement: 'power',
  tags: { site: site.id, zone: 'teatro', device: 'M1', phase: 'total' },
  fields: { energy_import_wh: wh },
  time: start + minutes * minute,
});
/** 10 Wh a minute. */
const metered = (from: number, to: number): Point[] =>
  Array.from({ length: to - from }, (_, index) => meterAt(from + index, 10 * (from + index)));

const energyOf = async ({ rollup }: Histories, window: '1m' | '15m' | '1h') => {
  const [series] = await rollup.scan({
    measurement: `energy_${window}`,
    fields: ['import_f1_wh', 'bridged_wh'],
    from: start,
    to: start + 6 * hour,
    tags: { site: site.id, device: 'M1' },
  });
  const { import_f1_wh: wh = [], bridged_wh: bridged = [] } = series?.fields ?? {};
  return [...(series?.times ?? [])].map((time, row) => [
    (time - start) / minute,
    Math.round(1e6 * (wh[row] || 0)) / 1e6,
    Math.round(1e6 * (bridged[row] || 0)) / 1e6,
  ]);
};

const opened = async () => {
  const histories = await openDuckDbHistories({ path: ':memory:' });
  const kept = keep(histories, site);
  const store = async (points: readonly Point[], now: number): Promise<void> => {
    await histories.raw.write(points);
    kept.roller.noteStored(points);
    kept.clock.ms = start + now * minute;
  };
  return { histories, kept, store };
};

test('energy counted over a silence fills the windows of that silence, hours back', async () => {
  const { histories, kept, store } = await opened();
  await store(metered(0, 31), 31);
  await kept.roller.catchUp();
  expect(await energyOf(histories, '15m')).toEqual([
    [0, 150, 0],
    [15, 150, 0],
    [30, 0, 0],
  ]);
  await store(metered(151, 166), 170);
  await kept.roller.catchUp();
  const quarters = await energyOf(histories, '15m');
  expect(quarters.map(([at, wh]) => [at, wh])).toEqual([
    ...[0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150].map((at) => [at, 150]),
    // Known for two minutes more, and nothing counted in them.
    [165, 0],
  ]);
  expect(quarters.reduce((sum, [, , bridged = 0]) => sum + bridged, 0)).toBeCloseTo(1_210, 6);
  expect(await energyOf(histories, '1h')).toEqual([
    [0, 600, 300],
    [60, 600, 600],
    [120, 450, 310],
  ]);
});

test('the watermark goes back to what came late, and forward once it is in', async () => {
  const { kept, store } = await opened();
  await store(metered(0, 180), 200);
  expect(kept.roller.watermark(site.id)).toBe(start);
  await kept.roller.catchUp();
  expect(kept.roller.watermark(site.id)).toBe(start + 200 * minute);
  await store([meterAt(47.5, 475)], 201);
  expect(kept.roller.watermark(site.id)).toBe(start + 45 * minute);
  await kept.roller.catchUp();
  expect(kept.roller.watermark(site.id)).toBe(start + 201 * minute);
  expect(kept.roller.watermark('elsewhere')).toBeUndefined();
});

test('windows end where the present is, and go on a minute later', async () => {
  const { histories, kept, store } = await opened();
  await store(metered(0, 20), 20.5);
  await kept.roller.catchUp();
  expect((await energyOf(histories, '1m')).at(-1)?.[0]).toBe(19);
  kept.clock.ms += 30_000;
  expect(await kept.roller.rollNext()).toBe(false);
  await store(metered(20, 22), 22);
  await kept.roller.catchUp();
  expect((await energyOf(histories, '1m')).at(-1)?.[0]).toBe(21);
});

test('making windows again changes nothing, and duplicates change nothing', async () => {
  const { histories, kept, store } = await opened();
  await store(metered(0, 120), 130);
  await kept.roller.catchUp();
  const before = await energyOf(histories, '1m');
  await store(metered(0, 120), 131);
  await kept.roller.catchUp();
  expect(await energyOf(histories, '1m')).toEqual(before);
  expect(before.reduce((sum, [, wh = 0]) => sum + wh, 0)).toBeCloseTo(1_190, 6);
});

test('a store that fails loses no mark; after a crash the windows are made', async () => {
  const path = `${temporaryDirectory()}/marks.db`;
  const histories = await openDuckDbHistories({ path: ':memory:' });
  const failing: Histories = {
    raw: histories.raw,
    rollup: {
      ...histories.rollup,
      scan: (query) => histories.rollup.scan(query),
      replace: async () => {
        throw new ApertoError('store_unavailable', 'the disk is full', { retry: true });
      },
    },
  };
  const first = keep(failing, site, Marks.open(path));
  await histories.raw.write(metered(0, 60));
  first.roller.noteStored(metered(0, 60));
  first.clock.ms = start + 2 * hour;
  await expect(first.roller.catchUp()).rejects.toThrow('the disk is full');
  expect(first.roller.watermark(site.id)).toBe(start);

  const second = keep(histories, site, Marks.open(path));
  second.clock.ms = start + 2 * hour;
  await second.roller.catchUp();
  expect((await energyOf(histories, '1h'))[0]).toEqual([0, 590, 0]);
  expect(second.marks.count).toBe(0);
  first.marks.close();
  second.marks.close();
});

test('a store from before there were windows is gone through', async () => {
  const { histories, kept } = await opened();
  await histories.raw.write(metered(0, 60));
  kept.clock.ms = start + 2 * hour;
  await kept.roller.noteHistory(start - 48 * hour);
  await kept.roller.catchUp();
  expect((await energyOf(histories, '1h'))[0]).toEqual([0, 590, 0]);
});
