import { expect, test } from 'vitest';
import { z } from 'zod';
import { files } from './files.ts';

const locked = z.object({
  resolved: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
const lockFile = z.object({ packages: z.record(z.string(), locked) });
type Packages = z.infer<typeof lockFile>['packages'];

const packages = lockFile.parse(
  JSON.parse(files.find(({ path }) => path === 'package-lock.json')?.text ?? ''),
).packages;

/** `npm ci` refuses a lock file that lacks a package for another platform, so it would work on one machine alone. */
const missing = (all: Packages): string[] => {
  const names = new Set(Object.keys(all).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  return Object.values(all).flatMap(({ optionalDependencies }) =>
    Object.keys(optionalDependencies).filter((name) => !names.has(name)),
  );
};

test('the lock file holds the packages of every platform', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(missing(packages)).toEqual([]);
});

test('the lock file names no place that packages came from', () => {
  expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test('the rule finds a package of another platform that is missing', () => {
  const biome = { optionalDependencies: { '@a/linux': '1.0.0', '@a/mac': '1.0.0' } };
  const all = {
    'node_modules/a': biome,
    'node_modules/@a/linux': { optionalDependencies: {} },
  };
  expect(missing(all)).toEqual(['@a/mac']);
});
