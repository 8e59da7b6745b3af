import { join } from 'node:path';
import { readSecret } from '../gateway/secret.ts';
import { ApertoError } from '../model/errors.ts';
import { openDuckDbStore } from '../store/duckdb/duckdb-store.ts';
import { openInfluxStore } from '../store/influx/influx-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Opens the store that `--store` names: `duckdb`, `duckdb:PATH`, or `influx` (INFLUX_URL, INFLUX_TOKEN or
 * INFLUX_TOKEN_FILE, INFLUX_ORG, INFLUX_BUCKET from the environment).
 */
export const openStore = (
  name: string,
  dataDirectory: string,
  environment: NodeJS.ProcessEnv,
): Promise<Store> => {
  const [engine, ...rest] = name.split(':');
  if (engine === 'duckdb') {
    const path = rest.join(':');
    return openDuckDbStore({ path: path === '' ? join(dataDirectory, 'aperto.duckdb') : path });
  }
  if (name === 'influx') return openInfluxStore(influxOptions(environment));
  throw new ApertoError('usage', `--store ${name}: no such store; use duckdb, duckdb:PATH or influx`);
};

const influxOptions = (environment: NodeJS.ProcessEnv) => {
  const { INFLUX_URL: url = '', INFLUX_ORG: org = '', INFLUX_BUCKET: bucket = '' } = environment;
  if (url === '')
    throw new ApertoError('config', '--store influx: set INFLUX_URL, e.g. http://127.0.0.1:8086');
  const token = readSecret('INFLUX_TOKEN', environment);
  return {
    url,
    database: bucket === '' ? 'aperto' : bucket,
    ...(org === '' ? {} : { org }),
    ...(token === undefined ? {} : { token }),
  };
};
