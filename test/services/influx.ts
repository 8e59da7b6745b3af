import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startContainer } from './container.ts';
import { freePort } from './free-port.ts';
import { influxVersion, openInfluxDatabases } from './influx-databases.ts';
import { startInfluxFront } from './influx-front.ts';
import { answersHttp, inDirectory, startProcess } from './server-process.ts';
import { findServer, tools } from './tool.ts';

/** A real InfluxDB and a database of this run in it. */
export interface Influx {
  readonly url: string;
  readonly token?: string;
  /** Organisation of a 2.x server: INFLUX_ORG, else the first that the token sees. */
  readonly org?: string;
  /** Database or bucket of this run. */
  readonly database: string;
  /** Creates another one. Points older than `retentionS` are refused. */
  createDatabase(retentionS?: number): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Drops the databases of this run and ends what was started for it. */
  stop(): Promise<void>;
}

interface Started {
  readonly url: string;
  readonly token?: string;
  readonly org?: string;
  stop(): Promise<void>;
}

/** The server that INFLUX_URL names (with INFLUX_TOKEN and INFLUX_ORG), else one that is started now. */
export const startInflux = async (environment: NodeJS.ProcessEnv = process.env): Promise<Influx> => {
  const server = await withWriteApi(named(environment) ?? (await startServer()));
  const access = { url: server.url, token: server.token, org: server.org, timeoutMs: 30_000 };
  const databases = await openInfluxDatabases(access);
  const org = server.org ?? databases.org;
  return {
    ...server,
    ...(org === undefined ? {} : { org }),
    database: await databases.create(),
    createDatabase: databases.create,
    dropDatabase: databases.drop,
    stop: async () => {
      await databases.dropAll();
      await server.stop();
    },
  };
};

const named = (environment: NodeJS.ProcessEnv): Started | undefined => {
  const { INFLUX_URL: url = '', INFLUX_TOKEN: token = '', INFLUX_ORG: org = '' } = environment;
  if (url === '') return undefined;
  return {
    url,
    ...(token === '' ? {} : { token }),
    ...(org === '' ? {} : { org }),
    stop: () => Promise.resolve(),
  };
};

/** InfluxDB has `/api/v2/write` from 1.8 on; an older one gets a front that has it. */
const withWriteApi = async (server: Started): Promise<Started> => {
  const { url, token, org } = server;
  const version = await influxVersion({ url, token, org, timeoutMs: 30_000 });
  if (!/^1\.[0-7]\./.test(version)) return server;
  const front = await startInfluxFront(url);
  return {
    ...server,
    url: front.url,
    stop: async () => {
      await front.stop();
      await server.stop();
    },
  };
};

const startServer = async (): Promise<Started> => {
  const program = await findServer(tools.influxd);
  return program === undefined
    ? await startInContainer()
    : await inDirectory('influx', (directory) => startHere(program, directory));
};

const startHere = async (program: string, directory: string): Promise<Started> => {
  const file = join(directory, 'influxdb.conf');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await writeFile(file, configuration(directory, port, await freePort()));
  const server = await startProcess(program, ['-config', file], () => answersHttp(`${url}/ping`));
  return {
    url,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
};

/** TOML of InfluxDB 1.x. */
const configuration = (directory: string, httpPort: number, rpcPort: number): string => `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
dir = "${directory}/meta"
[data]
dir = "${directory}/data"
wal-dir = "${directory}/wal"
query-log-enabled = false
[http]
bind-address = "127.0.0.1:${httpPort}"
log-enabled = false
[monitor]
store-enabled = false
[subscriber]
enabled = false
[continuous_queries]
enabled = false
`;

const startInContainer = async (): Promise<Started> => {
  const [token, org] = ['aperto-test-token', 'aperto'];
  const container = await startContainer({
    image: 'influxdb:2.7',
    port: 8086,
    environment: {
      DOCKER_INFLUXDB_INIT_MODE: 'setup',
      DOCKER_INFLUXDB_INIT_USERNAME: 'aperto',
      DOCKER_INFLUXDB_INIT_PASSWORD: 'aperto-test',
      DOCKER_INFLUXDB_INIT_ORG: org,
      DOCKER_INFLUXDB_INIT_BUCKET: 'unused',
      DOCKER_INFLUXDB_INIT_ADMIN_TOKEN: token,
    },
    readyPath: '/health',
  });
  return {
    url: `http://${container.getHost()}:${container.getMappedPort(8086)}`,
    token,
    org,
    stop: async () => {
      await container.stop();
    },
  };
};
