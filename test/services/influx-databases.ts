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
  /** Name of the organisation in which buckets are made; only a 2.x server has one. */
  readonly org: string | undefined;
  /** Returns the name, which no other run uses. Points older than `retentionS` are refused. */
  create(retentionS?: number): Promise<string>;
  drop(name: string): Promise<void>;
  /** Also those that the code under test made again. */
  dropAll(): Promise<void>;
}

export const openInfluxDatabases = async (access: InfluxAccess): Promise<InfluxDatabases> => {
  const major = await majorVersion(access);
  const manager = managers[major];
  const names: string[] = [];
  return {
    org: major === 2 ? (await findOrganisation(access))?.name : undefined,
    create: async (retentionS) => {
      const name = `aperto_test_${randomBytes(6).toString('hex')}`;
      await manager.create(access, name, retentionS);
      names.push(name);
      return name;
    },
    drop: (name) => manager.drop(access, name),
    dropAll: async () => {
      for (const name of names) await manager.drop(access, name);
    },
  };
};

/** What the server says its version is, without a leading v. */
export const influxVersion = async (access: InfluxAccess): Promise<string> => {
  const { headers } = await request(access, { path: '/ping' });
  return (headers.get('x-influxdb-version') ?? '').replace(/^v/, '');
};

const majorVersion = async (access: InfluxAccess): Promise<1 | 2 | 3> => {
  const major = Number.parseInt(await influxVersion(access), 10);
  return major === 2 || major === 3 ? major : 1;
};

interface Manager {
  create(access: InfluxAccess, name: string, retentionS: number | undefined): Promise<void>;
  /** Does nothing where there is none of that name. */
  drop(access: InfluxAccess, name: string): Promise<void>;
}

const statement1 = async (access: InfluxAccess, q: string): Promise<void> =>
  mustSucceed(await request(access, { method: 'POST', path: '/query', parameters: { q } }), q);

const databases1: Manager = {
  create: (access, name, retentionS) => {
    const duration = retentionS === undefined ? '' : ` WITH DURATION ${retentionS}s`;
    return statement1(access, `CREATE DATABASE ${identifier(name)}${duration}`);
  },
  drop: (access, name) => statement1(access, `DROP DATABASE ${identifier(name)}`),
};

const bucketsSchema = z.object({ buckets: z.array(z.object({ id: z.string() })) });

const buckets2: Manager = {
  create: async (access, name, retentionS) => {
    const orgID = (await findOrganisation(access))?.id;
    const retentionRules = retentionS === undefined ? [] : [{ type: 'expire', everySeconds: retentionS }];
    const json = { orgID, name, retentionRules };
    mustSucceed(await request(access, { method: 'POST', path: '/api/v2/buckets', json }), `bucket ${name}`);
  },
  drop: async (access, name) => {
    const { body } = await request(access, { path: '/api/v2/buckets', parameters: { name } });
    for (const { id } of bucketsSchema.safeParse(parseJson(body)).data?.buckets ?? []) {
      const reply = await request(access, { method: 'DELETE', path: `/api/v2/buckets/${id}` });
      mustSucceed(reply, `dropping bucket ${name}`);
    }
  },
};

const path3 = '/api/v3/configure/database';

const databases3: Manager = {
  create: async (access, name, retentionS) => {
    const json = { db: name, ...(retentionS === undefined ? {} : { retention_period: `${retentionS}s` }) };
    mustSucceed(await request(access, { method: 'POST', path: path3, json }), `database ${name}`);
  },
  drop: async (access, name) => {
    const reply = await request(access, { method: 'DELETE', path: path3, parameters: { db: name } });
    if (reply.status !== 404) mustSucceed(reply, `dropping database ${name}`);
  },
};

const managers = { 1: databases1, 2: buckets2, 3: databases3 } as const;

const mustSucceed = ({ status, body }: Reply, what: string): void => {
  if (status >= 300 || body.includes('"error"')) {
    throw new ApertoError('internal', `InfluxDB refused ${what}: HTTP ${status} ${body.slice(0, 200)}`);
  }
};
