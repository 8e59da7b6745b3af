import { readFileSync } from 'node:fs';
import { ApertoError, messageOf } from '../model/errors.ts';

/** @throws ApertoError `config` naming the flag that named the file */
export const readText = (path: string, flag: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ApertoError('config', `${flag}: ${messageOf(error)}`, { cause: error });
  }
};
