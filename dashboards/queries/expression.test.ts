import { expect, test } from 'vitest';
import * as expression from './expression.ts';

const { max, mean, minus, percentOf, plus, sum, times } = expression;

test.each([
  [times(sum('energy'), 0.268 / 1000), 'sum("energy") * 0.000268'],
  [times(sum('energy'), 100), 'sum("energy") * 100.0'],
  [times(sum('power'), -1), 'sum("power") * -1.0'],
  [times(sum('power'), 1e-9), 'sum("power") * 0.000000001'],
  [expression.percentile('latency', 95), 'percentile("latency", 95)'],
  [expression.growthPerSecond('bytes'), 'non_negative_derivative(max("bytes"), 1s)'],
  [expression.ratio(mean('a'), mean('b')), 'mean("a") / mean("b")'],
  [percentOf(sum('a'), plus(sum('a'), sum('b'))), '100.0 * sum("a") / (sum("a") + sum("b"))'],
  [percentOf(minus(max('a'), mean('a')), mean('a')), '100.0 * (max("a") - mean("a")) / mean("a")'],
])('%#: factors are written out and sums are in brackets', ({ text }, expected) => {
  expect(text).toBe(expected);
});

test('an expression tells every field that it reads', () => {
  expect(percentOf(sum('a'), plus(sum('a'), sum('b'))).reads).toEqual(['a', 'a', 'b']);
});
