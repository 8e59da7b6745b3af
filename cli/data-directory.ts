import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApertoError, messageOf } from '../model/errors.ts';

/**
 * Makes the data directory, readable by its owner alone.
 * @throws ApertoError `config` where it cannot be made or written to
 */
export const prepareDataDirectory = (path: string): string => {
  if (path === '') throw new ApertoError('usage', '--data: no directory named');
  const directory = resolve(path);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
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
