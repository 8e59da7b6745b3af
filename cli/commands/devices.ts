import { type Command, Option } from 'commander';
import type { DevicesWords } from '../actions/devices.ts';
import { urlOption } from './url-option.ts';

export const addDevices = (program: Command): void => {
  const devices = program.command('devices').description('devices that a running Aperto knows or hears');
  devices
    .command('list')
    .description('list them: the unknown ones with a line for the site file')
    .addOption(urlOption())
    .addOption(new Option('--state <state>', 'only these').choices(['known', 'unknown']))
    .option('--json', 'one line of JSON each')
    .addHelpText('after', '\nExample:\n  aperto devices list --state unknown')
    .action(async (words: DevicesWords) => (await import('../actions/devices.ts')).listDevices(words));
};
