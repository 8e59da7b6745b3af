import type { Credential } from '../../gateway/credentials/schema.ts';
import type { Issued } from './device-credentials.ts';

const columns = [
  'name',
  'secret',
  'site',
  'device',
  'kind',
  'zone',
] as const satisfies readonly (keyof Issued)[];

/** Nothing that the site file allows in these needs a quote, and a secret has letters, digits, "-" and "_" alone. */
export const issuedCsv = (issued: readonly Issued[]): string =>
  [columns.join(','), ...issued.map((row) => columns.map((column) => row[column]).join(','))]
    .map((line) => `${line}\n`)
    .join('');

export const issuedJson = (issued: readonly Issued[]): string =>
  issued.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A credential for people: everything but the hash. */
export const describeCredential = (entry: Credential): object => {
  if (entry.kind === 'certificate') return entry;
  const { hash: _, ...rest } = entry;
  return rest;
};
