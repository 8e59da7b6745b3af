import { ask } from '../ask.ts';

export interface DevicesWords {
  readonly url: string;
  readonly state?: 'known' | 'unknown';
  readonly json?: true;
}

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

export const listDevices = async ({ url, state, json }: DevicesWords): Promise<void> => {
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
