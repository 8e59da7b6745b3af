import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
const tsc = join(dirname(manifest), 'bin/tsc');
const root = fileURLToPath(new URL('..', import.meta.url));

/** Exit code of tsc that found type errors and wrote its output all the same. */
const writtenWithErrors = 2;

/**
 * Builds `dist/` once before the tests: the spool's worker and the CLI are tested as they ship. Type errors are
 * printed and fail `npm run check`; here they stop nothing, as they stop no test that the runner reads itself.
 */
export const setup = (): void => {
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0 && status !== writtenWithErrors)
    throw new Error(`the build failed: tsc ended with ${status}`);
};
