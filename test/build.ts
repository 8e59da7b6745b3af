import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);

/** Builds `dist/` once before the tests: the spool's worker and the CLI are tested as they ship. */
export const setup = async (): Promise<void> => {
  const tsc = require.resolve('typescript/lib/tsc.js');
  const root = new URL('..', import.meta.url);
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root });
};
