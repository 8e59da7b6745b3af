import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { imbalance } from '../ingest/ledger.ts';
import { type RunningAperto, startAperto, temporaryDirectory } from './support/aperto.ts';

const secrets = { unifi: 'the secret of a controller', meraki: 'the secret of a cloud' };
const portico = '02:00:5e:20:00:01';

let aperto: RunningAperto;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  const file = join(directory.path, 'site.yaml');
  const site = await readFile(new URL('../sites/via-rossini.yaml', import.meta.url), 'utf8');
  await writeFile(file, site.replace('- { id: AP1,', `- { id: AP1, source: "${portico}",`));
  aperto = await startAperto({
    data: directory.path,
    parameters: ['--site', file],
    environment: { APERTO_HOOK_UNIFI_TOKEN: secrets.unifi, APERTO_HOOK_MERAKI_TOKEN: secrets.meraki },
  });
});
afterAll(async () => {
  await aperto.stop();
  await directory.remove();
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(new URL(`/hooks/${path}`, aperto.http), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
};

const accessPointOf = (mac: string, clients: number) => ({
  mac,
  type: 'uap',
  state: 1,
  num_sta: clients,
  radio_table_stats: [{ name: 'wifi1', radio: 'na', channel: 36, cu_total: 12, num_sta: clients }],
  // What a controller tells of an access point beside that: keys, ports, configuration.
  port_table: Array.from({ length: 200 }, (_, port) => ({
    port_idx: port,
    name: `Port ${port}`,
    poe: false,
  })),
});

it('takes what a controller says of a whole site at once, and shows the access point that the site has', async () => {
  const others = Array.from({ length: 40 }, (_, index) =>
    accessPointOf(`02:00:5e:21:00:${String(index + 10)}`, index),
  );
  const body = { meta: { rc: 'ok' }, data: [accessPointOf(portico, 17), ...others] };
  expect(JSON.stringify(body).length).toBeGreaterThan(300_000);
  expect(await post('unifi', body, { authorization: `Bearer ${secrets.unifi}` })).toEqual({
    status: 200,
    answer: { outcome: 'accepted', points: 3 },
  });
  type Now = { device: string; measurement: string; fields: Record<string, number>; state: string }[];
  const now = await aperto.get<Now>('/api/v1/sites/via-rossini/now');
  const told = now.filter(({ device, state }) => device === 'AP1' && state === 'live');
  expect(Object.fromEntries(told.map(({ measurement, fields }) => [measurement, fields]))).toEqual({
    access_point: { clients: 17 },
    radio: { clients: 17, channel: 36, utilization_pct: 12 },
    device_health: { online: 1 },
  });
  const { devices } = await aperto.get<{ devices: { identity: string; list: string }[] }>(
    '/api/v1/devices?state=unknown',
  );
  expect(devices).toHaveLength(40);
  expect(devices[0]).toMatchObject({ identity: '02:00:5e:21:00:10', list: 'access_points' });
});

it('keeps neither a shared secret nor a client of what it sets aside', async () => {
  const observation = {
    clientMac: '02:00:5e:cc:00:01',
    ipv4: 'laptop-di-anna/10.4.1.31',
    userId: 'anna.rossi@example.org',
    ssid: 'Casa Rossi',
    rssi: 30,
  };
  const data = { apMac: '02:00:5e:60:00:01', observations: [observation] };
  const body = { version: '2.0', secret: secrets.meraki, type: 'DevicesSeen', data };
  expect(await post('meraki', body)).toEqual({
    status: 200,
    answer: { outcome: 'quarantined', reason: 'unknown_device' },
  });
  expect((await post('meraki', { ...body, secret: 'the secret of nobody' })).status).toBe(401);
  const { messages } = await aperto.get<{ messages: { topic: string; payload: string }[] }>(
    '/api/v1/quarantine?limit=1',
  );
  expect(messages).toMatchObject([{ topic: 'hooks/meraki' }]);
  expect(messages[0]?.payload).not.toMatch(/secret|02:00:5e:cc|10\.4|anna|rossi/i);
  const ledger = await aperto.ledger();
  expect(ledger).toMatchObject({ received: 2, quarantined: { unknown_device: 1 } });
  expect(imbalance(ledger)).toBe(0);
});

it('is closed where nobody set a secret', async () => {
  expect(await post('ngsi', {})).toMatchObject({
    status: 403,
    answer: { detail: expect.stringContaining('APERTO_HOOK_NGSI_TOKEN') },
  });
});
