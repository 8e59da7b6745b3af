import { deviceGrants } from '../../gateway/credentials/grants.ts';
import type { Credential } from '../../gateway/credentials/schema.ts';
import type { Device, Site } from '../../model/site.ts';
import { newPassword } from './change.ts';

/** What an installer puts into a device. The secret is shown here and never again. */
export interface Issued {
  readonly name: string;
  readonly secret: string;
  readonly site: string;
  readonly device: string;
  readonly kind: string;
  readonly zone: string;
}

export interface Generated {
  readonly credentials: readonly Credential[];
  readonly issued: readonly Issued[];
  /** Devices that have a credential already. */
  readonly skipped: number;
}

/** User name of a device: as its site and itself are called. */
export const userOf = (site: string, device: string): string => `${site}-${device}`;

/** One credential for each device of a site that has none. */
export const generateCredentials = async (
  site: Site,
  existing: readonly Credential[],
  now: string,
): Promise<Generated> => {
  const standing = new Set(existing.filter(({ revoked }) => revoked === undefined).map(({ name }) => name));
  const devices = [...site.devices.values()];
  const missing = devices.filter(({ id }) => !standing.has(userOf(site.id, id)));
  const made = await Promise.all(missing.map((device) => issue(site, device, now)));
  return {
    credentials: made.map(({ credential }) => credential),
    issued: made.map(({ issued }) => issued),
    skipped: devices.length - missing.length,
  };
};

const issue = async (
  site: Site,
  device: Device,
  created: string,
): Promise<{ readonly credential: Credential; readonly issued: Issued }> => {
  const { id, kind, zone } = device;
  const name = userOf(site.id, id);
  const { secret, hash } = await newPassword();
  return {
    credential: { kind: 'password', name, role: 'device', created, ...deviceGrants(site, device), hash },
    issued: { name, secret, site: site.id, device: id, kind, zone },
  };
};
