import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve('typescript/package.json')), 'bin/tsc');
const vite = join(dirname(resolve('vite/package.json')), 'bin/vite.js');
const root = fileURLToPath(new URL('..', import.meta.url));

/** Exit code of tsc that found type errors and wrote its output all the same. */
const writtenWithErrors = 2;

const run = (program: string, ...words: readonly string[]): number | null =>
  spawnSync(process.execPath, [program, ...words], { cwd: root, stdio: 'inherit' }).status;

/**
 * Builds `dist/` once before the tests: the spool's worker, the CLI and the live board are tested as they ship. Type
 * errors are printed and fail `npm run check`; here they stop nothing, as they stop no test that the runner reads itself.
 */
export const setup = (): void => {
  // Each project of the runner asks for it, in one process.
  if (process.env.APERTO_TESTS_BUILT === String(process.pid)) return;
  process.env.APERTO_TESTS_BUILT = String(process.pid);
  const status = run(tsc, '-p', 'tsconfig.build.json');
  if (status !== 0 && status !== writtenWithErrors)
    throw new Error(`the build failed: tsc ended with ${status}`);
  if (run(vite, 'build', 'web') !== 0) throw new Error('the build of the live board failed');
};
