import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApertoError, messageOf } from '../../model/errors.ts';

const keyBytes = 32;

/**
 * The key of this data directory by which senders are named, made where there is none. One that is not whole is made
 * anew: all that is lost with it is to know the resends of the last minutes.
 * @throws ApertoError `config` where it can be neither read nor written
 */
export const readOriginKey = (dataDirectory: string): Uint8Array => {
  const path = join(dataDirectory, 'origin.key');
  try {
    const known = readIfThere(path);
    if (known?.length === keyBytes) return known;
    const key = randomBytes(keyBytes);
    writeFileSync(path, key, { mode: 0o600 });
    return key;
  } catch (error) {
    throw new ApertoError('config', `${path}: ${messageOf(error)}; choose another --data`, { cause: error });
  }
};

const readIfThere = (path: string): Uint8Array | undefined => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
