import { type Command, Option } from 'commander';
import { ask, urlOption } from './ask.ts';

type Device =
  | {
      readonly state: 'known';
      readonly site: string;
      readonly device: string;
      readonly kind: string;
      readonly zone: string;
    }
  | {
      readonly state: 'unknown';
      readonly identity: string;
      readonly definition: string;
      readonly fields: readonly string[];
      readonly list: string;
      readonly line: string;
    };

export const addDevices = (program: Command): void => {
  const devices = program.command('devices').description('devices that a running Aperto knows or hears');
  devices
    .command('list')
    .description('list them: the unknown ones with a line for the site file')
    .addOption(urlOption())
    .addOption(new Option('--state <state>', 'only these').choices(['known', 'unknown']))
    .option('--json', 'one line of JSON each')
    .addHelpText('after', '\nExample:\n  aperto devices list --state unknown')
    .action(list);
};

const list = async ({ url, state, json }: { url: string; state?: string; json?: true }): Promise<void> => {
  const path = `/api/v1/devices${state === undefined ? '' : `?state=${state}`}`;
  const { devices } = await ask<{ devices: readonly Device[] }>(url, path);
  for (const device of devices)
    process.stdout.write(`${json === true ? JSON.stringify(device) : textOf(device)}\n`);
};

const textOf = (device: Device): string => {
  if (device.state === 'known') return `${device.site} ${device.device}  ${device.kind}  ${device.zone}`;
  const { identity, definition, fields, list: under, line } = device;
  return `unknown ${identity}  (${definition}: ${fields.join(', ')})\n  under ${under}:\n    ${line}`;
};
