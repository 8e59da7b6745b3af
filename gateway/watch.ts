import { type StatsListener, unwatchFile, watchFile } from 'node:fs';

const pollMs = 1_000;

/**
 * Tells when one of some files is another one than before, by its name: also one that was moved into its place, and
 * through links. It asks once a second, because notices of the system do not come from every kind of file system.
 * @returns how to stop
 */
export const watchFiles = (
  paths: readonly string[],
  onChange: (path: string) => void,
  everyMs: number = pollMs,
): (() => void) => {
  const watched = paths.map((path) => {
    const listener: StatsListener = (now, before) => {
      // Node tells once of a file that is not there from the beginning.
      if (now.ino !== 0 || before.ino !== 0) onChange(path);
    };
    watchFile(path, { interval: everyMs, persistent: false }, listener);
    return { path, listener };
  });
  return () => {
    for (const { path, listener } of watched) unwatchFile(path, listener);
  };
};
