import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { datasourceName, windowSourceName } from './boards/variable.ts';

const read = async (path: string) =>
  parse(await readFile(new URL(`provisioning/${path}/aperto.yaml`, import.meta.url), 'utf8'));

test('the data source is the one with which boards open, in InfluxQL, with its secrets from outside', async () => {
  const { apiVersion, datasources } = await read('datasources');
  expect(apiVersion).toBe(1);
  expect(datasources).toMatchObject([
    {
      name: datasourceName,
      uid: datasourceName,
      type: 'influxdb',
      access: 'proxy',
      url: '$INFLUX_URL',
      database: 'aperto',
      jsonData: { version: 'InfluxQL', dbName: 'aperto', httpHeaderName1: 'Authorization' },
      secureJsonData: { httpHeaderValue1: 'Token $__file{/run/secrets/influx_token}' },
    },
    {
      name: windowSourceName,
      uid: windowSourceName,
      database: 'aperto_rollup',
      jsonData: { version: 'InfluxQL', dbName: 'aperto_rollup' },
      secureJsonData: { httpHeaderValue1: 'Token $__file{/run/secrets/influx_token}' },
    },
  ]);
});

test('the boards are read from files and cannot be changed by hand', async () => {
  const { apiVersion, providers } = await read('dashboards');
  expect(apiVersion).toBe(1);
  expect(providers).toMatchObject([
    { type: 'file', allowUiUpdates: false, options: { path: '/etc/grafana/dashboards' } },
  ]);
});
