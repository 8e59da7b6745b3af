import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run torture -- --rounds N [--store duckdb|influx] [--seed S]`: kills Aperto N times for each store while devices
 * publish, then counts every reading. The short form of it is in the suite; this one runs the same test for longer.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    store: { type: 'string', default: 'duckdb,influx' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const manifest = createRequire(import.meta.url).resolve('vitest/package.json');
// The file comes first: an option without a value would take it for its own.
const words = ['run', 'test/faults/torture.test.ts', '--project=end-to-end', '--disable-console-intercept'];
const { status } = spawnSync(process.execPath, [join(dirname(manifest), 'vitest.mjs'), ...words], {
  stdio: 'inherit',
  env: {
    ...process.env,
    TORTURE_ROUNDS: values.rounds,
    TORTURE_STORE: values.store,
    TORTURE_SEED: values.seed,
  },
});
process.exitCode = status ?? 1;
