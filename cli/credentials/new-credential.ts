import { randomBytes } from 'node:crypto';
import { adminGrants, dashboardGrants, deviceGrants, type Grants } from '../../gateway/credentials/grants.ts';
import type { Role, Scope } from '../../gateway/credentials/kinds.ts';
import { type Credential, nameSchema } from '../../gateway/credentials/schema.ts';
import { isTopicFilter } from '../../gateway/topic-filter.ts';
import { ApertoError } from '../../model/errors.ts';
import type { Device, Site } from '../../model/site.ts';
import { newPassword, newToken } from './change.ts';
import { userOf } from './device-credentials.ts';

/** What somebody asked for on the command line. */
export interface Wanted {
  readonly name?: string | undefined;
  readonly kind: Credential['kind'];
  readonly role?: Role;
  readonly scope?: Scope;
  readonly site: Site;
  readonly device?: string;
  readonly publish?: readonly string[];
  readonly subscribe?: readonly string[];
  /** A secret that a person chose. */
  readonly chosen?: string | undefined;
}

export interface Made {
  readonly credential: Credential;
  /** Shown once; a certificate has none. */
  readonly secret?: string;
}

const usage = (text: string): ApertoError => new ApertoError('usage', text);

/** @throws ApertoError `usage` for what does not fit together */
export const makeCredential = async (wanted: Wanted, created: string): Promise<Made> =>
  wanted.kind === 'token' ? makeToken(wanted, created) : await makeUser(wanted, wanted.kind, created);

const checkName = (name: string): string => {
  const parsed = nameSchema.safeParse(name);
  if (!parsed.success) throw usage(`"${name}": ${parsed.error.issues[0]?.message ?? 'not a name'}`);
  return parsed.data;
};

const makeToken = (
  { name, scope, role, device, publish, subscribe, chosen }: Wanted,
  created: string,
): Made => {
  if (scope === undefined) throw usage('--kind token: give --scope read or --scope operate');
  if ((role ?? device ?? publish ?? subscribe) !== undefined)
    throw usage('--kind token: --role, --device, --publish and --subscribe are for MQTT users');
  if (chosen !== undefined) throw usage('--kind token: a token is never chosen, it is made');
  const { secret, hash } = newToken();
  const named = name ?? `${scope}-${randomBytes(4).toString('hex')}`;
  return { credential: { kind: 'token', name: checkName(named), scope, created, hash }, secret };
};

const makeUser = async (wanted: Wanted, kind: 'password' | 'certificate', created: string): Promise<Made> => {
  if (wanted.scope !== undefined) throw usage('--scope is for tokens: give --kind token');
  const role = wanted.role ?? (wanted.device === undefined ? undefined : 'device');
  if (role === undefined) throw usage('give --role, or --device for a device of the site file');
  const placed = wanted.device === undefined ? undefined : findDevice(wanted.site, wanted.device);
  const name = wanted.name ?? (placed === undefined ? undefined : userOf(wanted.site.id, placed.id));
  if (name === undefined) throw usage('give it a name');
  const base = { name: checkName(name), role, created, ...grantsOf(role, wanted, placed) };
  if (kind === 'certificate') {
    if (wanted.chosen !== undefined) throw usage('--kind certificate: it has no secret of its own');
    return { credential: { kind, ...base } };
  }
  const { secret, hash } = await newPassword(wanted.chosen);
  return { credential: { kind, ...base, hash }, secret };
};

const findDevice = (site: Site, id: string): Device => {
  const device = site.devices.get(id);
  if (device === undefined) throw usage(`--device ${id}: site ${site.id} has no such device`);
  return device;
};

const filtersOf = (filters: readonly string[] | undefined, flag: string): string[] | undefined => {
  const wrong = filters?.find((filter) => !isTopicFilter(filter));
  if (wrong !== undefined) throw usage(`${flag} ${wrong}: not a topic filter; write it as a/b, a/+/c or a/#`);
  return filters === undefined ? undefined : [...filters];
};

/** Filters that were named take the place of those that the role has. */
const grantsOf = (role: Role, wanted: Wanted, placed: Device | undefined): Grants => {
  const publish = filtersOf(wanted.publish, '--publish');
  const subscribe = filtersOf(wanted.subscribe, '--subscribe');
  const usual = usualGrants(role, wanted.site, placed);
  if (role === 'dashboard' && publish !== undefined) throw usage('--role dashboard: it publishes nothing');
  if (usual === undefined && publish === undefined) {
    const way = role === 'device' ? '--device, or ' : '';
    throw usage(`--role ${role}: give ${way}the topics that it may publish to with --publish`);
  }
  return {
    publish: publish ?? usual?.publish ?? [],
    subscribe: subscribe ?? usual?.subscribe ?? [],
  };
};

const usualGrants = (role: Role, site: Site, placed: Device | undefined): Grants | undefined => {
  switch (role) {
    case 'device':
      return placed === undefined ? undefined : deviceGrants(site, placed);
    case 'dashboard':
      return dashboardGrants(site.id);
    case 'gateway':
      return undefined;
    case 'admin':
      return adminGrants;
  }
};
