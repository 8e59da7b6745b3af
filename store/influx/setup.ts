import { z } from 'zod';
import type { Clock } from '../../model/clock.ts';
import { type HttpOptions, request } from './http.ts';
import { identifier } from './influxql.ts';
import { hasNoPage, tooOld, unavailableError } from './outcome.ts';
import { parseJson, type Reply } from './reply.ts';

/** What is known of a server before the first write. */
export interface Server {
  /** Major version; 1 where the server does not say. */
  readonly major: number;
  /** Organisation to write to: as configured, else the only one that the token sees; empty before 2.x. */
  readonly org: string;
  /** Whether the database is there, as far as this token could see or make it so. */
  readonly database: 'created' | 'exists' | 'forbidden';
}

export interface SetupOptions extends HttpOptions {
  readonly org: string | undefined;
  readonly database: string;
}

/**
 * Finds out which InfluxDB this is and creates the database (1.x, 3) or bucket (2.x). That it exists, or that the
 * token may not, is no error: the first write tells.
 * @throws ApertoError `store_unavailable` where the server cannot be asked, or is one that nothing can be written to
 */
export const setup = async (options: SetupOptions, clock: Clock): Promise<Server> => {
  const ping = await request(options, { path: '/ping' });
  if (ping.status >= 500 || ping.status === 429) {
    throw unavailableError(ping, options, clock, 'it is not ready');
  }
  const [, first, second] = /^v?(\d+)\.(\d+)/.exec(ping.headers.get('x-influxdb-version') ?? '') ?? [];
  const major = Number(first ?? 1);
  if (major === 2) {
    const org = await findOrganisation(options);
    return { major, org: options.org ?? org?.name ?? '', database: await createBucket(options, org?.id) };
  }
  if (major === 1 && Number(second ?? 8) < 8) await checkWritePath(options, clock);
  const created = major >= 3 ? await createDatabase3(options) : await createDatabase1(options);
  return { major, org: options.org ?? '', database: created };
};

/** Before 1.8 there is no `/api/v2/write`, unless something in front has it; nothing written is nothing changed. */
const checkWritePath = async (options: SetupOptions, clock: Clock): Promise<void> => {
  const parameters = { bucket: options.database, precision: 'ms' };
  const reply = await request(options, { method: 'POST', path: '/api/v2/write', parameters });
  if (hasNoPage(reply)) throw unavailableError(reply, options, clock, tooOld);
};

const createDatabase1 = async (options: SetupOptions): Promise<Server['database']> => {
  const q = `CREATE DATABASE ${identifier(options.database)}`;
  return toState(await request(options, { method: 'POST', path: '/query', parameters: { q } }));
};

const createDatabase3 = async (options: SetupOptions): Promise<Server['database']> =>
  toState(
    await request(options, {
      method: 'POST',
      path: '/api/v3/configure/database',
      json: { db: options.database },
    }),
  );

const createBucket = async (
  options: SetupOptions,
  orgID: string | undefined,
): Promise<Server['database']> => {
  if (orgID === undefined) return 'forbidden';
  const json = { orgID, name: options.database, retentionRules: [] };
  return toState(await request(options, { method: 'POST', path: '/api/v2/buckets', json }));
};

const toState = ({ status }: Reply): Server['database'] => {
  if (status === 409 || status === 422) return 'exists';
  return status < 300 ? 'created' : 'forbidden';
};

const orgsSchema = z.object({ orgs: z.array(z.object({ id: z.string(), name: z.string() })) });

/** The organisation by its name or id, or the first that the token sees. */
export const findOrganisation = async (
  options: Pick<SetupOptions, 'url' | 'token' | 'timeoutMs' | 'org'>,
): Promise<{ id: string; name: string } | undefined> => {
  const { body } = await request(options, { path: '/api/v2/orgs', parameters: { limit: '100' } });
  const orgs = orgsSchema.safeParse(parseJson(body)).data?.orgs ?? [];
  return options.org === undefined
    ? orgs[0]
    : orgs.find(({ id, name }) => name === options.org || id === options.org);
};
