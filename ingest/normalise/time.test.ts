import { expect, test } from 'vitest';
import { limits } from '../../model/limits.ts';
import { settleTime } from './time.ts';

const receivedAt = Date.parse('2026-06-23T08:00:00Z');
const policy = { pastMaxMs: 1_000_000, futureMaxMs: 5_000 };

test('without a device time it is the time of receipt, and there is no skew', () => {
  expect(settleTime(undefined, receivedAt)).toEqual({ time: receivedAt, trusted: false });
});

test('a plausible device time counts, and its skew is recorded', () => {
  expect(settleTime(receivedAt - 90_000, receivedAt)).toEqual({
    time: receivedAt - 90_000,
    trusted: true,
    skewMs: -90_000,
  });
  expect(settleTime(receivedAt + 4_000, receivedAt)).toEqual({
    time: receivedAt + 4_000,
    trusted: true,
    skewMs: 4_000,
  });
});

test.each([
  ['1970', '1970-01-01T00:00:00Z'],
  ['an uptime in place of a time', '1970-01-15T10:00:00Z'],
  ['year 0001', '0001-01-01T00:00:00Z'],
  ['year 9999', '9999-12-31T23:59:59Z'],
  ['ten minutes ahead', '2026-06-23T08:10:00Z'],
  ['two years back', '2024-06-23T08:00:00Z'],
])('%s is not believed, and the skew tells how far off it was', (_, text) => {
  const deviceTime = Date.parse(text);
  expect(settleTime(deviceTime, receivedAt)).toEqual({
    time: receivedAt,
    trusted: false,
    skewMs: deviceTime - receivedAt,
  });
});

test.each([
  [5_000, true],
  [5_001, false],
  [-1_000_000, true],
  [-1_000_001, false],
  [0, true],
])('a skew of %d ms is believed: %s', (skewMs, trusted) => {
  expect(settleTime(receivedAt + skewMs, receivedAt, policy)).toEqual({
    time: trusted ? receivedAt + skewMs : receivedAt,
    trusted,
    skewMs,
  });
});

test('the borders of the service are 400 days back and 5 minutes ahead', () => {
  expect(limits.timePastMaxMs).toBe(400 * 86_400_000);
  expect(settleTime(receivedAt - limits.timePastMaxMs, receivedAt).trusted).toBe(true);
  expect(settleTime(receivedAt - limits.timePastMaxMs - 1, receivedAt).trusted).toBe(false);
  expect(settleTime(receivedAt + 300_000, receivedAt).trusted).toBe(true);
  expect(settleTime(receivedAt + 300_001, receivedAt).trusted).toBe(false);
});

test('a point has whole milliseconds', () => {
  expect(settleTime(receivedAt - 0.4, receivedAt).time).toBe(receivedAt - 1);
  expect(settleTime(receivedAt + 0.7, receivedAt).time).toBe(receivedAt);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  '%d is no time, and never becomes a skew',
  (deviceTime) => {
    expect(settleTime(deviceTime, receivedAt)).toEqual({ time: receivedAt, trusted: false });
  },
);
