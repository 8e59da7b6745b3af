import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ApertoError, messageOf } from '../model/errors.ts';

/**
 * Makes the data directory, readable by its owner alone.
 * @throws ApertoError `config` where it cannot be made or written to
 */
export const prepareDataDirectory = (path: string): string => {
  if (path === '') throw new ApertoError('usage', '--data: no directory named');
  const directory = resolve(path);
  try {
    makeDirectory(directory, 0o700);
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ApertoError(
      'config',
      `data directory ${directory}: ${messageOf(error)}; choose another with --data`,
      {
        cause: error,
      },
    );
  }
  return directory;
};

/** One level after the other: `mkdirSync` with `recursive` never ends where the file system refuses, as /proc does. */
export const makeDirectory = (directory: string, mode = 0o777): void => {
  if (existsSync(directory)) {
    if (!statSync(directory).isDirectory()) throw new Error('it is a file');
    return;
  }
  makeDirectory(dirname(directory), mode);
  mkdirSync(directory, { mode });
};
