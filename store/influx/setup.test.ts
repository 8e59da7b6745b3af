import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../model/clock.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../test/support/scripted-influx.ts';
import { openInfluxStore } from './influx-store.ts';
import { type Server, setup } from './setup.ts';

let server: ScriptedServer;
afterEach(() => server.stop());

const run = async (version: string, script: Script, org?: string): Promise<Server> => {
  server = await startScriptedServer(version);
  server.onRequest = script;
  return await setup({ url: server.url, token: 't', org, database: 'a "b"', timeoutMs: 1_000 }, systemClock);
};
/** What was asked beside /ping, in one line each. */
const asked = (): string[] =>
  server.requests
    .filter(({ url }) => url.pathname !== '/ping')
    .map(({ method, url, lines }) =>
      [method, url.pathname, url.searchParams.get('q') ?? '', ...lines]
        .filter((part) => part !== '')
        .join(' '),
    );

const orgs = {
  orgs: [
    { id: '01', name: 'first' },
    { id: '02', name: 'second' },
  ],
};
const bucketsWith =
  (status: number): Script =>
  ({ url }) =>
    url.pathname === '/api/v2/orgs' ? { status: 200, body: orgs } : { status, body: {} };

test('1.x: CREATE DATABASE, with its name escaped', async () => {
  expect(await run('1.8.10', () => ({ status: 200, body: {} }))).toEqual({
    major: 1,
    org: '',
    database: 'created',
  });
  expect(asked()).toEqual(['POST /query CREATE DATABASE "a \\"b\\""']);
});

test('before 1.8: refused where it has no /api/v2/write, so that reads do not look empty either', async () => {
  server = await startScriptedServer('1.6.7~rc0');
  server.onWrite = () => ({ status: 404, body: '404 page not found\n' });
  const options = { url: server.url, database: 'street', timeoutMs: 1_000 };
  const asked = {
    measurement: 'occupancy',
    field: 'people',
    tags: { site: 'piazza' },
    from: 0,
    to: 1,
    limit: 1,
  } as const;
  const store = await openInfluxStore(options);
  const refusal = {
    code: 'store_unavailable',
    message: `InfluxDB at ${server.url}: HTTP 404: 404 page not found (it has no /api/v2/write: InfluxDB 1.8, 2.x or 3 is needed, or a newer one)`,
  };
  await expect(store.range(asked)).rejects.toMatchObject(refusal);
  await expect(store.write([])).rejects.toMatchObject(refusal);
  await expect(store.ping()).rejects.toMatchObject(refusal);
});

test('before 1.8: taken where something in front has /api/v2/write', async () => {
  expect(await run('1.6.7~rc0', () => ({ status: 200, body: {} }))).toMatchObject({ major: 1 });
  expect(asked()[0]).toBe('POST /api/v2/write');
});

test('3: its own call', async () => {
  expect(await run('3.1.0', () => ({ status: 409 }))).toEqual({ major: 3, org: '', database: 'exists' });
  expect(asked()).toEqual(['POST /api/v3/configure/database {"db":"a \\"b\\""}']);
});

test.each([
  [201, 'created'],
  [422, 'exists'],
  [403, 'forbidden'],
  [401, 'forbidden'],
] as const)('2.x: a bucket in the organisation; HTTP %i means %s', async (status, database) => {
  expect(await run('v2.7.10', bucketsWith(status), 'second')).toEqual({ major: 2, org: 'second', database });
  expect(asked().at(-1)).toBe('POST /api/v2/buckets {"orgID":"02","name":"a \\"b\\"","retentionRules":[]}');
});

test('2.x: the first organisation that the token sees where none is named', async () => {
  expect(await run('v2.7.10', bucketsWith(201))).toMatchObject({ org: 'first', database: 'created' });
});

test('2.x: a token that sees no organisation writes with the one that is named', async () => {
  const sees = await run('v2.7.10', () => ({ status: 401, body: {} }), 'city');
  expect(sees).toEqual({ major: 2, org: 'city', database: 'forbidden' });
});
