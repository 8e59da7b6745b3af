import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ApertoError } from '../../model/errors.ts';
import { request } from '../../store/influx/http.ts';
import { identifier } from '../../store/influx/influxql.ts';
import { parseJson, type Reply } from '../../store/influx/reply.ts';
import { findOrganisation } from '../../store/influx/setup.ts';

/** A server and who speaks to it. */
export interface InfluxAccess {
  readonly url: string;
  readonly token: string | undefined;
  readonly org: string | undefined;
  readonly timeoutMs: number;
}

/** Creates databases (1.x, 3) or buckets (2.x) of this run and drops them again. */
export interface InfluxDatabases {
  /** Returns the name, which no other run uses. Points older than `retentionS` are refused. */
  create(retentionS?: number): Promise<string>;
  dropAll(): Promise<void>;
}

export const openInfluxDatabases = async (access: InfluxAccess): Promise<InfluxDatabases> => {
  const manager = managers[await majorVersion(access)];
  const drops: (() => Promise<void>)[] = [];
  return {
    create: async (retentionS) => {
      const name = `aperto_test_${randomBytes(6).toString('hex')}`;
      drops.push(await manager(access, name, retentionS));
      return name;
    },
    dropAll: async () => {
      for (const drop of drops.splice(0)) await drop();
    },
  };
};

export const influxVersion = async (access: InfluxAccess): Promise<string> => {
  const { headers } = await request(access, { path: '/ping' });
  return (headers.get('x-influxdb-version') ?? '').replace(/^v/, '');
};

const majorVersion = async (access: InfluxAccess): Promise<1 | 2 | 3> => {
  const major = Number.parseInt(await influxVersion(access), 10);
  return major === 2 || major === 3 ? major : 1;
};

/** Creates one and returns how to drop it. */
type Manager = (access: InfluxAccess, name: string, retentionS?: number) => Promise<() => Promise<void>>;

const database1: Manager = async (access, name, retentionS) => {
  const run = async (q: string): Promise<void> =>
    mustSucceed(await request(access, { method: 'POST', path: '/query', parameters: { q } }), q);
  const duration = retentionS === undefined ? '' : ` WITH DURATION ${retentionS}s`;
  await run(`CREATE DATABASE ${identifier(name)}${duration}`);
  return () => run(`DROP DATABASE ${identifier(name)}`);
};

const bucket2: Manager = async (access, name, retentionS) => {
  const organisation = await findOrganisation(access);
  const retentionRules = retentionS === undefined ? [] : [{ type: 'expire', everySeconds: retentionS }];
  const reply = await request(access, {
    method: 'POST',
    path: '/api/v2/buckets',
    json: { orgID: organisation?.id, name, retentionRules },
  });
  mustSucceed(reply, `creating bucket ${name}`);
  const { id } = z.object({ id: z.string() }).parse(parseJson(reply.body));
  return async () =>
    mustSucceed(
      await request(access, { method: 'DELETE', path: `/api/v2/buckets/${id}` }),
      `dropping bucket ${name}`,
    );
};

const database3: Manager = async (access, name, retentionS) => {
  const path = '/api/v3/configure/database';
  const retention = retentionS === undefined ? {} : { retention_period: `${retentionS}s` };
  const json = { db: name, ...retention };
  mustSucceed(await request(access, { method: 'POST', path, json }), `creating ${name}`);
  return async () =>
    mustSucceed(
      await request(access, { method: 'DELETE', path, parameters: { db: name } }),
      `dropping ${name}`,
    );
};

const managers = { 1: database1, 2: bucket2, 3: database3 } as const;

const mustSucceed = ({ status, body }: Reply, what: string): void => {
  if (status >= 300 || body.includes('"error"')) {
    throw new ApertoError('internal', `InfluxDB refused ${what}: HTTP ${status} ${body.slice(0, 200)}`);
  }
};
