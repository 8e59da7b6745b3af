import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApertoError } from '../../model/errors.ts';

const lock = join(tmpdir(), 'aperto-apt.lock');
const updated = join(tmpdir(), 'aperto-apt.updated');

/** Refreshes the lists once a day, then installs; another process may have installed it while this one waited. */
const script = `
dpkg-query -W -f '\${Status}' "$1" 2>/dev/null | grep -q 'ok installed' && exit 0
[ -n "$(find "$2" -mtime -1 2>/dev/null)" ] || { apt-get update -qq && touch "$2"; } || exit 1
apt-get install -qq -y --no-install-recommends "$1"
`;

/**
 * Installs a package of Debian or Ubuntu as root. flock(1) keeps workers apart, and the kernel drops its lock with
 * the process that holds it.
 * @throws ApertoError with the last line that apt-get said
 */
export const aptInstall = async (packageName: string): Promise<void> => {
  try {
    await promisify(execFile)('flock', [lock, 'sh', '-c', script, 'sh', packageName, updated], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    const reason = output.split('\n').at(-1);
    throw new ApertoError('internal', `apt-get install ${packageName} failed: ${reason}`, { cause: error });
  }
};
