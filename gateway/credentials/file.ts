import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { type Credential, credentialsSchema } from './schema.ts';

const sizeBytesMax = 64 * 1024 * 1024;
const ownerOnly = 0o600;

const fail = (path: string, what: string, cause?: unknown): ApertoError =>
  new ApertoError('config', `credentials file ${path}: ${what}`, cause === undefined ? {} : { cause });

/**
 * Reads the file of credentials.
 * @returns `undefined` where there is none
 * @throws ApertoError `config`, one line, for one that cannot be read or is not what it should be
 */
export const readCredentials = (path: string): readonly Credential[] | undefined => {
  const text = readText(path);
  return text === undefined ? undefined : parseCredentials(text, path);
};

const readText = (path: string): string | undefined => {
  try {
    if (statSync(path).size > sizeBytesMax) throw fail(path, `larger than ${sizeBytesMax} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof ApertoError) throw error;
    if (error instanceof Error && 'code' in error && isAbsence(error.code)) return undefined;
    throw fail(path, messageOf(error), error);
  }
};

const isAbsence = (code: unknown): boolean => code === 'ENOENT' || code === 'ENOTDIR';

const parseCredentials = (text: string, path: string): readonly Credential[] => {
  const parsed = credentialsSchema.safeParse(parseJson(text, path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw fail(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`);
  }
  const names = new Set<string>();
  for (const { name } of parsed.data.credentials) {
    if (names.has(name)) throw fail(path, `"${name}" is there twice`);
    names.add(name);
  }
  return parsed.data.credentials;
};

/** What JSON.parse says of a text may quote it; hashes are no business of a log. */
const parseJson = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fail(path, 'not JSON', error);
  }
};

/** Whether people beside its owner may read it; nobody can tell on Windows. */
export const isReadByOthers = (path: string): boolean =>
  process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;

/**
 * Writes the file for its owner alone, so that a reader sees the old one or the new one and a power cut leaves either.
 * @throws ApertoError `config` where it cannot be written
 */
export const writeCredentials = (path: string, credentials: readonly Credential[]): void => {
  const temporary = `${path}.${randomUUID()}`;
  try {
    syncTo(temporary, `${JSON.stringify({ version: 1, credentials }, undefined, 1)}\n`);
    renameSync(temporary, path);
    syncDirectory(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fail(path, messageOf(error), error);
  }
};

const syncTo = (path: string, text: string): void => {
  const file = openSync(path, 'wx', ownerOnly);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const syncDirectory = (path: string): void => {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};
