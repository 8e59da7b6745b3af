import { expect, test } from 'vitest';
import { at, evidenceOf, minutes, tableOf } from '../test/kpi/support.ts';
import { gridOf, hourMs, minuteMs } from './grid.ts';
import { mergeParts } from './part.ts';
import { latencyEdgesMs, probePart } from './parts.ts';
import { probeParts } from './probe.ts';
import { probeLatency, probeLoss } from './probe-quality.ts';
import { latencyBucket, latencyQuantile, quantile } from './quantile.ts';

const start = at('2026-06-23T10:00+02:00');
const hour = { from: start, to: start + hourMs };
const reports = Array.from({ length: 60 }, (_, minute) => ({
  time: start + minutes(minute),
  fields:
    minute % 20 === 19
      ? { loss_pct: 100 }
      : { latency_ms: minute < 57 ? 10 : 100, jitter_ms: 2, loss_pct: 0 },
}));

test('mean, 95th percentile, jitter and loss', () => {
  const [part = {}] = probeParts(reports, minutes(3), gridOf(hour, hourMs));
  const evidence = evidenceOf({ window: hour, rows: { probe: [{ time: start, part }] } });
  // 57 latencies: 55 of 10 ms, 2 of 100 ms. The 54.15th lies in the bucket (8, 10].
  expect(tableOf(probeLatency(evidence))).toEqual({
    mean: (55 * 10 + 2 * 100) / 57,
    p95: 8 + (2 * 54.15) / 55,
    jitter: 2,
  });
  expect(probeLoss(evidence)[0]).toMatchObject({ value: 5, unit: '%', validMinutes: 60 });
});

test('a probe that gets no answer has a loss and no latency', () => {
  const lost = reports.map(({ time }) => ({ time, fields: { loss_pct: 100 } }));
  const [part = {}] = probeParts(lost, minutes(3), gridOf(hour, hourMs));
  const evidence = evidenceOf({ window: hour, rows: { probe: [{ time: start, part }] } });
  expect(tableOf(probeLatency(evidence))).toEqual({
    mean: 'not_measured',
    p95: 'not_measured',
    jitter: 'not_measured',
  });
  expect(probeLoss(evidence)[0]?.value).toBe(100);
});

test('minutes sum to the hour, histogram and all', () => {
  const [whole] = probeParts(reports, minutes(3), gridOf(hour, hourMs));
  expect(mergeParts(probePart, probeParts(reports, minutes(3), gridOf(hour, minuteMs)))).toEqual(whole);
});

test('the histogram has ten buckets a decade and one above all', () => {
  expect(latencyEdgesMs).toHaveLength(41);
  expect([
    latencyBucket(0),
    latencyBucket(1),
    latencyBucket(1.01),
    latencyBucket(10_000),
    latencyBucket(10_001),
  ]).toEqual([0, 0, 1, 40, 41]);
  expect(latencyQuantile({ latency_count: 1, latency_b41: 1 }, 0.95)).toBe(10_000);
});

test.each([
  [[], 0.5, undefined],
  [[7], 0.9, 7],
  [[1, 2, 3, 4], 0.5, 2.5],
  [[1, 2, 3, 4, 5], 0.05, 1.2],
  [[10, 20, 30, 60, 120], 0.9, 96],
] as const)('quantile of %j at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toEqual(expected === undefined ? undefined : expect.closeTo(expected, 12));
});
