import { expect, test } from 'vitest';
import { limits } from '../model/limits.ts';
import { definitionOf } from '../model/measurements.ts';
import type { LedgerView } from './ledger.ts';
import { PipelineReport } from './pipeline-report.ts';

const view = (changes: Partial<LedgerView> = {}): LedgerView => ({
  received: 0,
  stored: 0,
  duplicate: 0,
  spooled: 0,
  quarantined: {},
  refused: {},
  ...changes,
});
const stats = { waitingMessages: 0, waitingPoints: 0, sizeBytes: limits.spoolBytesMax / 4 };
const of = { device: 'gateway', version: '0.1.0', sites: ['street', 'square'] };

test('each site has the books, the spool and what was observed since the last report', () => {
  const report = new PipelineReport(1_000);
  for (const ms of [2, 4]) report.durable(ms);
  report.stored(500, 10);
  report.stored(700, 30);
  const books = view({
    received: 100,
    stored: 80,
    duplicate: 4,
    quarantined: { not_json: 3, unknown_device: 7 },
    refused: { spool_full: 5 },
  });
  const points = report.points(61_000, { view: books, stats, strangers: 2 }, of);
  expect(points.map(({ tags }) => tags)).toEqual([
    { site: 'street', device: 'gateway', version: '0.1.0' },
    { site: 'square', device: 'gateway', version: '0.1.0' },
  ]);
  expect(points[0]?.fields).toEqual({
    received: 100,
    stored: 80,
    duplicate: 4,
    quarantined: 10,
    refused: 5,
    waiting: 0,
    imbalance: 1,
    lag_s: 0,
    spool_bytes: limits.spoolBytesMax / 4,
    spool_pct: 25,
    accept_ms: 3,
    accept_max_ms: 4,
    write_ms: 20,
    write_max_ms: 30,
    points: 1_200,
    strangers: 2,
    uptime_s: 60,
  });
  expect(Object.keys(points[0]?.fields ?? {})).toEqual(Object.keys(definitionOf('pipeline').fields));
  const [later] = report.points(121_000, { view: books, stats, strangers: 2 }, of);
  expect(later?.fields).not.toHaveProperty('accept_ms');
  expect(later?.fields).toMatchObject({ points: 1_200, uptime_s: 120 });
});

const lagAt = (report: PipelineReport, now: number, books: LedgerView): number | undefined =>
  report.points(now, { view: books, stats, strangers: 2 }, of)[0]?.fields.lag_s;

test('the lag is how long the oldest message waits, whatever came after it', () => {
  const report = new PipelineReport(0);
  report.sample(5_000, view({ stored: 10 }));
  report.sample(10_000, view({ stored: 10, spooled: 5 }));
  report.sample(15_000, view({ stored: 12, spooled: 8 }));
  expect(lagAt(report, 20_000, view({ stored: 12, spooled: 20 }))).toBe(15);
  expect(lagAt(report, 25_000, view({ stored: 15, spooled: 20 }))).toBe(15);
  expect(lagAt(report, 30_000, view({ stored: 20, spooled: 20 }))).toBe(15);
  expect(lagAt(report, 35_000, view({ stored: 40 }))).toBe(0);
});

test('what waited when the ingest started has waited since then at least', () => {
  const report = new PipelineReport(1_000);
  report.sample(5_000, view({ spooled: 100 }));
  expect(lagAt(report, 61_000, view({ stored: 50, spooled: 50 }))).toBe(60);
});

test('however long the store is away, few samples are kept and the lag stays right to a few seconds', () => {
  const report = new PipelineReport(0);
  for (let second = 0; second < 20_000; second += 5) {
    report.sample(second * 1_000, view({ stored: 1, spooled: 1 + second }));
  }
  const lag = lagAt(report, 20_000_000, view({ stored: 5_000, spooled: 15_001 }));
  expect(lag).toBeGreaterThanOrEqual(15_000);
  expect(lag).toBeLessThan(15_100);
});
