import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import {
  type Credential,
  kinds,
  type Role,
  roles,
  type Scope,
  scopes,
} from '../../gateway/credentials/schema.ts';
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
import { defaultSiteFile, loadSite } from '../load-site.ts';

interface Place {
  readonly credentials?: string;
  readonly data: string;
}

interface AddWords extends Place {
  readonly kind: Credential['kind'];
  readonly role?: Role;
  readonly scope?: Scope;
  readonly site: string;
  readonly device?: string;
  readonly publish?: readonly string[];
  readonly subscribe?: readonly string[];
  readonly secretStdin?: true;
}

interface GenerateWords extends Place {
  readonly site: string;
  readonly format: 'csv' | 'json';
}

export const addCredentials = (program: Command): void => {
  const credentials = program
    .command('credentials')
    .description('MQTT users and HTTP tokens; a running Aperto takes each change at once');
  const command = (name: string, description: string): Command =>
    credentials
      .command(name)
      .description(description)
      .option('--credentials <file>', 'the file (default: credentials.json in the data directory)')
      .option('--data <directory>', 'the data directory', './data');

  command('add', 'add a user or a token; its secret is printed once')
    .argument('[name]', 'user name, name in the certificate, or what to call a token')
    .addOption(new Option('--kind <kind>', 'how it shows who it is').choices(kinds).default('password'))
    .addOption(new Option('--role <role>', 'what an MQTT user is for').choices(roles))
    .addOption(new Option('--scope <scope>', 'how far a token reaches').choices(scopes))
    .option('--site <file>', 'site file of a device or a dashboard', defaultSiteFile)
    .option('--device <id>', 'a device of the site file: its own topics')
    .option('--publish <filter...>', 'topics that it may publish to, in the place of the usual ones')
    .option('--subscribe <filter...>', 'topics that it may hear, in the place of the usual ones')
    .option('--secret-stdin', 'read a secret that somebody chose from stdin; else one is made')
    .addHelpText(
      'after',
      `
Examples:
  aperto credentials add --device S07
  aperto credentials add board --role dashboard
  aperto credentials add chirpstack --role gateway --publish 'application/+/device/+/event/+'
  aperto credentials add sensor-7.example.org --kind certificate --device S07
  aperto credentials add --kind token --scope read`,
    )
    .action(add);
  command('generate', 'one for each device of a site file that has none; the secrets are printed once')
    .option('--site <file>', 'site file', defaultSiteFile)
    .addOption(new Option('--format <format>', 'of what is printed').choices(['csv', 'json']).default('csv'))
    .addHelpText('after', '\nExample:\n  (umask 077; aperto credentials generate > for-the-installer.csv)')
    .action(generate);
  command('rotate', 'give a user or a token a new secret; the old one ends at once')
    .argument('<name>')
    .option('--secret-stdin', 'read a secret that somebody chose from stdin')
    .action(rotate);
  command('revoke', 'let somebody in no more; open connections end').argument('<name...>').action(revoke);
  command('list', 'list them, one line of JSON each, without hashes').action(list);
};

const pathOf = ({ credentials, data }: Place): string => credentialsPath(credentials, data);
const now = (): string => new Date().toISOString();
const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const readChosen = async (fromStdin: true | undefined): Promise<string | undefined> =>
  fromStdin === true ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;

const add = async (name: string | undefined, { site, secretStdin, ...words }: AddWords): Promise<void> => {
  const chosen = await readChosen(secretStdin);
  const made = await makeCredential({ ...words, name, site: loadSite(site), chosen }, now());
  changeCredentials(pathOf(words), (all) => addTo(all, [made.credential]));
  print({ ...describeCredential(made.credential), secret: chosen === undefined ? made.secret : undefined });
};

const generate = async ({ site, format, ...place }: GenerateWords): Promise<void> => {
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

const rotate = async (
  name: string,
  { secretStdin, ...place }: Place & { readonly secretStdin?: true },
): Promise<void> => {
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

const revoke = (names: readonly string[], place: Place): void => {
  const path = pathOf(place);
  const at = now();
  changeCredentials(path, (all) => {
    for (const name of names) findIn(all, name, path);
    return all.map((entry) => (names.includes(entry.name) ? revoked(entry, at) : entry));
  });
  for (const name of names) print({ name, revoked: at });
};

const list = (place: Place): void => {
  for (const entry of credentialsOf(pathOf(place))) print(describeCredential(entry));
};
