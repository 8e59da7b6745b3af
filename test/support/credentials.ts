import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Users } from '../../gateway/authenticate.ts';
import { CredentialBook } from '../../gateway/credentials/book.ts';
import { writeCredentials } from '../../gateway/credentials/file.ts';
import type { Credential, TokenCredential } from '../../gateway/credentials/schema.ts';
import { generatedCost, hashSecret } from '../../gateway/credentials/scrypt.ts';
import { hashToken } from '../../gateway/credentials/token.ts';
import type { Clock } from '../../model/clock.ts';
import { temporaryDirectory } from './directory.ts';

type PasswordCredential = Extract<Credential, { kind: 'password' }>;

const created = '2026-06-23T08:00:00.000Z';

/** A device of via Rossini, a seat unless told otherwise. */
export const userCredential = async (
  name: string,
  secret: string,
  changes: Partial<Omit<PasswordCredential, 'kind' | 'name'>> = {},
): Promise<PasswordCredential> => ({
  kind: 'password',
  name,
  role: 'device',
  created,
  publish: [`aperto/1/via-rossini/seat/${name}`, `aperto/1/via-rossini/status/${name}`],
  subscribe: [`aperto/1/via-rossini/seat/${name}/#`],
  hash: await hashSecret(secret, generatedCost),
  ...changes,
});

export const certificateCredential = (name: string, publish: string[]): Credential => ({
  kind: 'certificate',
  name,
  role: 'device',
  created,
  publish,
  subscribe: [],
});

export const tokenCredential = (name: string, token: string, scope: 'read' | 'operate'): TokenCredential => ({
  kind: 'token',
  name,
  scope,
  created,
  hash: hashToken(token),
});

export interface BookUnderTest {
  readonly book: CredentialBook;
  readonly path: string;
  /** What the log was told. */
  readonly lines: string[];
  write(...credentials: readonly Credential[]): void;
}

/** A file of credentials that is looked at often, and its book. */
export const bookOf = (...credentials: readonly Credential[]): BookUnderTest => {
  const path = join(temporaryDirectory(), 'credentials.json');
  if (credentials.length > 0) writeCredentials(path, credentials);
  const lines: string[] = [];
  const tell = (_fields: object, line: string): void => void lines.push(line);
  const book = new CredentialBook({ path, log: { info: tell, warn: tell, error: tell }, everyMs: 20 });
  onTestFinished(() => book.close());
  return { book, path, lines, write: (...all) => writeCredentials(path, all) };
};

export const usersOf = (book: CredentialBook, more: { password?: string; clock?: Clock } = {}): Users =>
  new Users({ clock: { now: () => 0 }, book, ...more });
