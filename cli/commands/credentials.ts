import { type Command, Option } from 'commander';
import { kinds, roles, scopes } from '../../gateway/credentials/kinds.ts';
import type { AddWords, GenerateWords, Place, RotateWords } from '../actions/credentials.ts';
import { defaultSiteFile } from '../root.ts';

const actions = () => import('../actions/credentials.ts');

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
    .action(async (name: string | undefined, words: AddWords) => (await actions()).add(name, words));
  command('generate', 'one for each device of a site file that has none; the secrets are printed once')
    .option('--site <file>', 'site file', defaultSiteFile)
    .addOption(new Option('--format <format>', 'of what is printed').choices(['csv', 'json']).default('csv'))
    .addHelpText('after', '\nExample:\n  (umask 077; aperto credentials generate > for-the-installer.csv)')
    .action(async (words: GenerateWords) => (await actions()).generate(words));
  command('rotate', 'give a user or a token a new secret; the old one ends at once')
    .argument('<name>')
    .option('--secret-stdin', 'read a secret that somebody chose from stdin')
    .action(async (name: string, words: RotateWords) => (await actions()).rotate(name, words));
  command('revoke', 'let somebody in no more; open connections end')
    .argument('<name...>')
    .action(async (names: string[], place: Place) => (await actions()).revoke(names, place));
  command('list', 'list them, one line of JSON each, without hashes').action(async (place: Place) =>
    (await actions()).list(place),
  );
};
