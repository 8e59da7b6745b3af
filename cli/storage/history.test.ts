import { expect, onTestFinished, test, vi } from 'vitest';
import type { KpiId } from '../../kpi/kpis.ts';
import { Marks } from '../../kpi/rollup/marks.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import { openDuckDbHistories } from '../../store/duckdb/duckdb-store.ts';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { viaRossini } from '../../test/support/via-rossini.ts';
import { HistoryKeeper } from './history.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 5, 23, 8);
const clock = { ms: start + hour, now: () => clock.ms };

const strict: Site = { ...viaRossini, id: 'strict', figures: { coverage_min: 0.8 } };
const patient: Site = { ...viaRossini, id: 'patient', figures: { session_join_s: 600 } };
const sites = [viaRossini, strict, patient];

/** Taken, free for seven minutes, taken again, free: reports every minute, none in the last quarter of the hour. */
const seat = (site: string): Point[] =>
  Array.from({ length: 36 }, (_, index) => ({
    measurement: 'occupancy',
    tags: { site, zone: 'teatro', device: 'S01', kind: 'seat' },
    fields: { occupied: Number(index < 10 || (index >= 17 && index < 27)) },
    time: start + index * minute,
  }));

const kept = async () => {
  const marksPath = `${temporaryDirectory()}/rollup.db`;
  const marks = Marks.open(marksPath);
  marks.setKnown();
  marks.close();
  const histories = await openDuckDbHistories({ path: ':memory:' });
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => void warnings.push(message) };
  const keeper = new HistoryKeeper({ histories, marksPath, sites, clock, log });
  onTestFinished(async () => {
    await keeper.close();
    await histories.raw.close();
  });
  return { histories, keeper, warnings };
};

test('the figures of a site are made and told with the settings of its own file', async () => {
  const { histories, keeper, warnings } = await kept();
  for (const { id } of sites) {
    await histories.raw.write(seat(id));
    keeper.noteStored(seat(id));
  }
  clock.ms += minute;
  keeper.start();
  const made = () => keeper.state().map(({ watermark }) => watermark);
  await vi.waitFor(() => expect(made()).toEqual(sites.map(() => clock.ms)), { timeout: 20_000 });
  expect(warnings).toEqual([]);

  const query = { from: start, to: start + hour, by: ['seat'] as const, limit: 100, scope: 'read' as const };
  const told = async (site: string, kpi: KpiId) => {
    const { rows } = await keeper.figures(site, { ...query, kpi });
    const row = rows.find(({ by }) => by.seat === 'S01');
    return row?.value ?? row?.reason;
  };
  // Taken for 20 of 45 known minutes: the last report holds for ten.
  expect(await told('via-rossini', 'sessions')).toBe(2);
  expect(await told('via-rossini', 'time_occupancy')).toBe(20 / 45);
  expect(await told('patient', 'sessions')).toBe(1);
  expect(await told('strict', 'time_occupancy')).toBe('low_coverage');
});
