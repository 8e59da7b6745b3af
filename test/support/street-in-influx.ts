import { limits } from '../../model/limits.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import { openInfluxHistories } from '../../store/influx/influx-store.ts';
import { keep } from '../kpi/histories.ts';
import type { Influx } from '../services/influx.ts';
import { type Span, simulatedPoints } from './day.ts';

/** The native devices of the simulated street tell nothing of their batteries and links: these do. */
const conditions = ({ id, seats }: Site, to: number): Point[] =>
  seats.slice(0, 12).map(({ id: device, zone }, index) => ({
    measurement: 'device_health',
    tags: { site: id, zone, device },
    fields: { battery_pct: 97 - index * 8, signal_dbm: -82 - index * 3, link_quality: 220 - index * 17 },
    time: to - 60_000,
  }));

/** When the ingest of `ownReports` was started, and how often it reports. */
export const startedMs = 6 * 3_600_000;
const minuteMs = 60_000;
/** Longer spans are told of every other minute: half the work, and still within what the site file allows. */
const weekMs = 7 * 24 * 3_600_000;

/** What an ingest tells of itself that was started six hours ago: a few messages in quarantine, a lag after an hour. */
const ownReports = ({ id }: Site, to: number): Point[] =>
  Array.from({ length: startedMs / minuteMs }, (_, minute) => {
    const lag = minute > 60 && minute < 90 ? (minute - 60) * 5 : 0;
    return {
      measurement: 'pipeline',
      tags: { site: id, device: 'gateway', version: '0.1.0' },
      fields: {
        received: 1_000 + minute * 206,
        stored: 900 + minute * 200,
        duplicate: 50 + minute * 3,
        quarantined: 50 + minute * 2,
        refused: minute,
        waiting: lag * 6,
        imbalance: 0,
        lag_s: lag,
        spool_bytes: 5e6 + lag * 1e5,
        spool_pct: 0.2 + lag / 200,
        accept_ms: 3 + (minute % 7) / 4,
        accept_max_ms: 12 + (minute % 11) * 2,
        write_ms: 8 + (minute % 13) / 2 + lag / 4,
        write_max_ms: 20 + (minute % 13),
        points: minute * 1_000,
        strangers: 2,
        uptime_s: 60 + minute * 60,
      },
      time: to - startedMs + minute * minuteMs,
    };
  });

/**
 * Fills a database with a span of the simulated street and makes all of its windows.
 * @returns the points from `keptFrom` on, and how many there were in all
 */
export const fillStreet = async (
  influx: Influx,
  site: Site,
  { from, to }: Span,
  keptFrom: number,
): Promise<{ readonly kept: readonly Point[]; readonly written: number }> => {
  const histories = await openInfluxHistories(influx);
  const { clock, marks, roller } = keep(histories, site);
  const kept: Point[] = [];
  let written = 0;
  const write = async (batch: readonly Point[]): Promise<void> => {
    written += (await histories.raw.write(batch)).stored;
    roller.noteStored(batch);
    for (const point of batch) if (point.time >= keptFrom) kept.push(point);
  };
  let batch: Point[] = [];
  for (const point of simulatedPoints(site, { from, to }, to - from > weekMs ? 120 : 60)) {
    batch.push(point);
    if (batch.length < limits.storeBatchPointsMax) continue;
    await write(batch);
    batch = [];
  }
  await write([...batch, ...conditions(site, to), ...ownReports(site, to)]);
  clock.ms = to + 1_000;
  await roller.catchUp();
  marks.close();
  await Promise.all([histories.raw.close(), histories.rollup.close()]);
  return { kept, written };
};
