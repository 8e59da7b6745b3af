import { join } from 'node:path';
import { readSecret } from '../gateway/secret.ts';
import { ApertoError } from '../model/errors.ts';
import type { Histories } from '../store/history.ts';

/**
 * Opens the store that `--store` names: `duckdb`, `duckdb:PATH`, or `influx` (INFLUX_URL, INFLUX_TOKEN or
 * INFLUX_TOKEN_FILE, INFLUX_ORG, INFLUX_BUCKET from the environment; the rollups beside it in INFLUX_BUCKET_rollup).
 * Only the adapter that was chosen is loaded.
 */
export const openStore = async (
  name: string,
  dataDirectory: string,
  environment: NodeJS.ProcessEnv,
): Promise<Histories> => {
  const path = duckDbFile(name, dataDirectory);
  if (path !== undefined) {
    const { openDuckDbHistories } = await import('../store/duckdb/duckdb-store.ts');
    return openDuckDbHistories({ path });
  }
  if (name === 'influx') {
    const { openInfluxHistories } = await import('../store/influx/influx-store.ts');
    return openInfluxHistories(influxOptions(environment));
  }
  throw new ApertoError('usage', `--store ${name}: no such store; use duckdb, duckdb:PATH or influx`);
};

/** The file that `duckdb` or `duckdb:PATH` names; absent for another store. */
export const duckDbFile = (name: string, dataDirectory: string): string | undefined => {
  const [engine, ...rest] = name.split(':');
  if (engine !== 'duckdb') return undefined;
  const path = rest.join(':');
  return path === '' ? join(dataDirectory, 'aperto.duckdb') : path;
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
