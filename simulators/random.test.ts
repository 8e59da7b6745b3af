import { expect, test } from 'vitest';
import { Seed } from './random.ts';

const draws = 20_000;
const take = (draw: () => number): number[] => Array.from({ length: draws }, draw);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

test('a stream is known by its seed and its whole name', () => {
  const first = (seed: number, ...name: (string | number)[]): number =>
    Seed.of(seed)
      .random(...name)
      .float();
  expect(first(1, 'seat', 'S01', 20_000)).toBe(first(1, 'seat', 'S01', 20_000));
  const names = [
    first(1, 'seat', 'S01'),
    first(2, 'seat', 'S01'),
    first(1, 'seat', 'S02'),
    first(1, 'seat', 'S0', '1'),
    first(1, 'seatS01'),
    first(1, 'seat', 'S01', 0),
    first(1, 'seat', 'S01', 2 ** 32),
    first(1, 'seat', 'S01', -1),
  ];
  expect(new Set(names).size).toBe(names.length);
});

test('first draws of neighbouring streams are even and do not hang together', () => {
  const seed = Seed.of(1);
  const values = Array.from({ length: draws }, (_, day) => seed.random('day', day).float());
  expect(mean(values)).toBeCloseTo(0.5, 1);
  expect(deviation(values)).toBeCloseTo(Math.sqrt(1 / 12), 2);
  const next = values.slice(1).map((value, index) => (value - 0.5) * ((values[index] ?? 0) - 0.5));
  expect(Math.abs(mean(next))).toBeLessThan(0.003);
});

test('distributions have the mean and spread that they should', () => {
  const random = Seed.of(7).random('moments');
  const normal = take(() => random.normal());
  expect([mean(normal), deviation(normal)].map((value) => Math.round(value * 20) / 20)).toEqual([0, 1]);
  expect(mean(take(() => random.exponential(5))) / 5).toBeCloseTo(1, 1);
  expect(mean(take(() => random.poisson(3))) / 3).toBeCloseTo(1, 1);
  expect(mean(take(() => random.poisson(200))) / 200).toBeCloseTo(1, 1);
  const choice = take(() => random.weighted([1, 2], (weight) => weight) ?? 0);
  expect(mean(choice)).toBeCloseTo(1 + 2 / 3, 1);
  expect(random.weighted([], () => 1)).toBeUndefined();
  expect(Math.max(...take(() => random.index(3)))).toBe(2);
});
