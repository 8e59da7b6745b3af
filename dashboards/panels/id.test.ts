import { expect, test } from 'vitest';
import { idOf } from './id.ts';

test('the id of a key is this number for ever: links and bookmarks hold it', () => {
  expect(idOf('occupancy-now')).toBe(549_387);
  expect(idOf('power-trend')).toBe(741_420);
});

test('ten thousand keys get whole numbers that Grafana does not hand out itself', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => idOf(`panel-${index}`));
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...ids)).toBeLessThan(1_001_000);
  expect(ids.every(Number.isInteger)).toBe(true);
  expect(new Set(ids).size).toBeGreaterThan(9_900);
});
