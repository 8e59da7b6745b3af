import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../../test/support/scripted-influx.ts';
import { start, temperatureQuery } from '../samples.contract.ts';
import type { Store } from '../store.ts';
import { openInfluxStore } from './influx-store.ts';

let server: ScriptedServer;
let store: Store;
beforeEach(async () => {
  server = await startScriptedServer('1.8.10');
  store = await openInfluxStore({ url: `${server.url}/`, token: 'u:p', database: 'street', timeoutMs: 400 });
});
afterEach(async () => {
  await store.close();
  await server.stop();
});

const ask = () => store.range(temperatureQuery('via "x"', { limit: 5 }));

test('a query names database, precision and statement, and carries the token', async () => {
  server.onRequest = () => ({ status: 200, body: { results: [{ statement_id: 0 }] } });
  expect(await ask()).toEqual({ series: [] });
  const seen = server.requests.at(-1);
  expect(seen?.method).toBe('GET');
  expect(seen?.authorization).toBe('Token u:p');
  expect(Object.fromEntries(seen?.url.searchParams ?? [])).toEqual({
    db: 'street',
    epoch: 'ms',
    chunked: 'true',
    q:
      'SELECT "temperature_c", "site", "zone", "device" FROM "weather" WHERE "site" = \'via "x"\' ' +
      'AND time >= 1782201600000ms AND time <= 1782205199999ms ORDER BY time LIMIT 6',
  });
});

test('rows become series', async () => {
  const columns = ['time', 'temperature_c', 'site', 'zone', 'device'];
  const values = [
    [start, 1.5, 's', 'b', 'W2'],
    [start, -2, 's', null, 'W1'],
  ];
  server.onRequest = () => ({
    status: 200,
    body: { results: [{ series: [{ name: 'weather', columns, values }] }] },
  });
  expect(await ask()).toEqual({
    series: [
      { tags: { site: 's', device: 'W1' }, points: [[start, -2]] },
      { tags: { site: 's', zone: 'b', device: 'W2' }, points: [[start, 1.5]] },
    ],
  });
});

test.each([
  [
    { status: 200, body: { results: [{ error: 'database not found: street' }] } },
    'store_unavailable',
    /not found/,
  ],
  [{ status: 200, body: { results: [{ error: 'timeout' }] } }, 'store_unavailable', /timeout/],
  [
    { status: 200, body: { results: [{ error: 'invalid operation' }] } },
    'store_rejected',
    /invalid operation/,
  ],
  [{ status: 200, body: { results: [{ partial: true }] } }, 'store_rejected', /max-row-limit/],
  [{ status: 200, body: '<html>' }, 'store_unavailable', /not an answer of InfluxQL/],
  [
    { status: 200, body: { results: [{ series: [{ columns: [1] }] }] } },
    'store_unavailable',
    /not an answer/,
  ],
  [{ status: 400, body: { error: 'error parsing query' } }, 'store_rejected', /error parsing query/],
  [
    { status: 401, body: { error: 'authorization failed' } },
    'store_unavailable',
    /401: .* may not read "street"/,
  ],
  [
    { status: 404, body: { message: 'no such bucket' } },
    'store_unavailable',
    /no bucket or database "street"/,
  ],
  [{ status: 503, body: '' }, 'store_unavailable', /503/],
  [{ status: 200, body: 'x'.repeat(99), fault: 'half' }, 'store_unavailable', /gave no reply/],
  [{ status: 200, fault: 'reset' }, 'store_unavailable', /gave no reply/],
  [{ status: 200, fault: 'hang' }, 'store_unavailable', /gave no reply: .*timeout/],
] as const)('the reply %j is %s', async (reply, code, message) => {
  server.onRequest = ({ url }) =>
    url.searchParams.get('q')?.startsWith('CREATE') ? { status: 200, body: { results: [{}] } } : reply;
  const failure = { code, retry: code === 'store_unavailable', message: expect.stringMatching(message) };
  await expect(ask()).rejects.toMatchObject(failure);
});

test('a busy server says how long to wait', async () => {
  server.onRequest = () => ({ status: 503, headers: { 'retry-after': '3' } });
  await expect(ask()).rejects.toMatchObject({ retryAfterMs: 3_000 });
});

test('a closed store answers nothing', async () => {
  await store.close();
  await expect(ask()).rejects.toMatchObject({ code: 'closed' });
  await expect(store.write([])).rejects.toMatchObject({ code: 'closed' });
});

test.each(['', 'influx:8086', 'ftp://influx', 'http://'])('%j is not the URL of a server', async (url) => {
  await expect(openInfluxStore({ url, database: 'x' })).rejects.toMatchObject({ code: 'config' });
});

test('a database without a name is refused', async () => {
  await expect(openInfluxStore({ url: server.url, database: '' })).rejects.toMatchObject({ code: 'config' });
});
