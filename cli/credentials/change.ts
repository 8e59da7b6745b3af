import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { readCredentials, writeCredentials } from '../../gateway/credentials/file.ts';
import type { Credential } from '../../gateway/credentials/schema.ts';
import { chosenCost, generatedCost, hashSecret } from '../../gateway/credentials/scrypt.ts';
import { generateSecret, hashToken } from '../../gateway/credentials/token.ts';
import { ApertoError } from '../../model/errors.ts';

const chosenLengthMin = 12;

export const credentialsOf = (path: string): readonly Credential[] => readCredentials(path) ?? [];

/** Reads and writes in one go, so that two commands at the same time do not undo each other. */
export const changeCredentials = (
  path: string,
  change: (credentials: readonly Credential[]) => readonly Credential[],
): void => {
  const directory = dirname(path);
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeCredentials(path, change(credentialsOf(path)));
};

/** @throws ApertoError `usage` where the name is taken; a revoked one may be given again */
export const addTo = (credentials: readonly Credential[], added: readonly Credential[]): Credential[] => {
  const names = new Set(added.map(({ name }) => name));
  const taken = credentials.find(({ name, revoked }) => names.has(name) && revoked === undefined);
  if (taken !== undefined)
    throw new ApertoError(
      'usage',
      `"${taken.name}" is there already; rotate or revoke it, or take another name`,
    );
  return [...credentials.filter(({ name }) => !names.has(name)), ...added];
};

/** @throws ApertoError `not_found` naming where it was looked for */
export const findIn = (credentials: readonly Credential[], name: string, path: string): Credential => {
  const found = credentials.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  throw new ApertoError(
    'not_found',
    `${path} has no credential "${name}"; "aperto credentials list" shows them`,
  );
};

/** What lets nobody in any more; its name stays taken by nobody. */
export const revoked = (entry: Credential, now: string): Credential => {
  if (entry.revoked !== undefined) return entry;
  if (entry.kind === 'certificate') return { ...entry, revoked: now };
  const { hash: _, ...rest } = entry;
  return { ...rest, revoked: now };
};

/** A secret that was made now, or one that somebody chose, and what is kept of it. */
export interface Secret {
  readonly secret: string;
  readonly hash: string;
}

export const newToken = (): Secret => {
  const secret = generateSecret();
  return { secret, hash: hashToken(secret) };
};

/**
 * @param chosen by a person; `undefined` makes one of 256 random bits
 * @throws ApertoError `usage` for one that is too short
 */
export const newPassword = async (chosen?: string): Promise<Secret> => {
  if (chosen !== undefined && chosen.length < chosenLengthMin)
    throw new ApertoError('usage', `a chosen secret has at least ${chosenLengthMin} characters`);
  const secret = chosen ?? generateSecret();
  return { secret, hash: await hashSecret(secret, chosen === undefined ? generatedCost : chosenCost) };
};
