import { text } from 'node:stream/consumers';
import type { Role, Scope } from '../../gateway/credentials/kinds.ts';
import type { Credential } from '../../gateway/credentials/schema.ts';
import { ApertoError } from '../../model/errors.ts';
import {
  addTo,
  changeCredentials,
  credentialsOf,
  findIn,
  newPassword,
  newToken,
  revoked,
} from '../credentials/change.ts';
import { generateCredentials } from '../credentials/device-credentials.ts';
import { makeCredential } from '../credentials/new-credential.ts';
import { credentialsPath } from '../credentials/path.ts';
import { describeCredential, issuedCsv, issuedJson } from '../credentials/print.ts';
import { loadSite } from '../load-site.ts';

export interface Place {
  readonly credentials?: string;
  readonly data: string;
}

export interface AddWords extends Place {
  readonly kind: Credential['kind'];
  readonly role?: Role;
  readonly scope?: Scope;
  readonly site: string;
  readonly device?: string;
  readonly publish?: readonly string[];
  readonly subscribe?: readonly string[];
  readonly secretStdin?: true;
}

export interface GenerateWords extends Place {
  readonly site: string;
  readonly format: 'csv' | 'json';
}

export interface RotateWords extends Place {
  readonly secretStdin?: true;
}

const pathOf = ({ credentials, data }: Place): string => credentialsPath(credentials, data);
const now = (): string => new Date().toISOString();
const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const readChosen = async (fromStdin: true | undefined): Promise<string | undefined> =>
  fromStdin === true ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;

export const add = async (
  name: string | undefined,
  { site, secretStdin, ...words }: AddWords,
): Promise<void> => {
  const chosen = await readChosen(secretStdin);
  const made = await makeCredential({ ...words, name, site: loadSite(site), chosen }, now());
  changeCredentials(pathOf(words), (all) => addTo(all, [made.credential]));
  print({ ...describeCredential(made.credential), secret: chosen === undefined ? made.secret : undefined });
};

export const generate = async ({ site, format, ...place }: GenerateWords): Promise<void> => {
  const path = pathOf(place);
  const { credentials, issued, skipped } = await generateCredentials(
    loadSite(site),
    credentialsOf(path),
    now(),
  );
  changeCredentials(path, (all) => addTo(all, credentials));
  process.stdout.write(format === 'csv' ? issuedCsv(issued) : issuedJson(issued));
  process.stderr.write(`aperto: ${issued.length} made, ${skipped} were there already: ${path}\n`);
};

export const rotate = async (name: string, { secretStdin, ...place }: RotateWords): Promise<void> => {
  const path = pathOf(place);
  const { kind, revoked: ended } = findIn(credentialsOf(path), name, path);
  if (kind === 'certificate')
    throw new ApertoError('usage', `"${name}" has no secret here: its authority gives it a new certificate`);
  if (ended !== undefined) throw new ApertoError('usage', `"${name}" was revoked; add it again`);
  const chosen = await readChosen(secretStdin);
  if (kind === 'token' && chosen !== undefined)
    throw new ApertoError('usage', 'a token is never chosen, it is made');
  const { secret, hash } = kind === 'token' ? newToken() : await newPassword(chosen);
  changeCredentials(path, (all) => all.map((entry) => (entry.name === name ? { ...entry, hash } : entry)));
  print({ name, secret: chosen === undefined ? secret : undefined });
};

export const revoke = (names: readonly string[], place: Place): void => {
  const path = pathOf(place);
  const at = now();
  changeCredentials(path, (all) => {
    for (const name of names) findIn(all, name, path);
    return all.map((entry) => (names.includes(entry.name) ? revoked(entry, at) : entry));
  });
  for (const name of names) print({ name, revoked: at });
};

export const list = (place: Place): void => {
  for (const entry of credentialsOf(pathOf(place))) print(describeCredential(entry));
};
