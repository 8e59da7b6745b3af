import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ApertoError, messageOf } from '../model/errors.ts';

const lengthMin = 12;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, whatever the lengths. */
export const sameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected));

/**
 * A secret from `{name}_FILE` (a path; the file's trailing newline does not count) or from `{name}` itself.
 * There is no default: `undefined` where neither is set.
 * @throws ApertoError `config` where the file cannot be read or the secret is shorter than 12 characters
 */
export const readSecret = (name: string, environment: NodeJS.ProcessEnv): string | undefined => {
  const file = environment[`${name}_FILE`];
  const fromFile = file !== undefined && file !== '';
  const secret = fromFile ? readFile(name, file) : environment[name];
  // An empty variable is how a compose file says "not set"; an empty file is a mistake that must open no door.
  if (!fromFile && (secret === undefined || secret === '')) return undefined;
  if (secret === undefined || secret.length < lengthMin) {
    const source = fromFile ? `${name}_FILE: ${file}` : name;
    throw new ApertoError('config', `${source}: shorter than ${lengthMin} characters`);
  }
  return secret;
};

const readFile = (name: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new ApertoError('config', `${name}_FILE: ${messageOf(error)}`, { cause: error });
  }
};
