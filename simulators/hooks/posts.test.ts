import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { type LoopbackBroker, startBroker } from '../../test/support/loopback-broker.ts';
import { viaRossini } from '../../test/support/via-rossini.ts';
import { simulate } from '../simulate.ts';
import type { HookSource } from './source.ts';

interface Post {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const validator = 'the validator of this street';
const secretOf = (source: HookSource): string => `the secret of ${source}`;
const tokens = new Map(
  (['chirpstack', 'tts', 'meraki', 'unifi', 'ngsi'] as const).map((source) => [source, secretOf(source)]),
);
const from = Date.parse('2026-06-23T12:00:00+02:00');

/** A receiver of the running test; `answer` decides over each post. */
const startReceiver = async (
  answer: (post: Post, response: ServerResponse) => void = (_, response) => void response.end('{}'),
) => {
  const posts: Post[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return void response.end(validator);
    const post = { path: request.url ?? '', headers: request.headers, body: await text(request) };
    posts.push(post);
    answer(post, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port }: AddressInfo = addressOf(server.address());
  return { posts, http: `http://127.0.0.1:${port}` };
};

const addressOf = (address: AddressInfo | string | null): AddressInfo => {
  if (address === null || typeof address === 'string') throw new Error('the server listens nowhere');
  return address;
};

const brokerOfTest = async (): Promise<LoopbackBroker> => {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  return broker;
};

const run = async (dialect: string, http: string, changes: object = {}) => {
  const broker = await brokerOfTest();
  const hooks = { http, tokens, merakiValidator: validator };
  const span = { from, to: from + 60_000 };
  return simulate({ broker: broker.url, site: viaRossini, dialects: [dialect], hooks, ...span, ...changes });
};

test.each([
  ['chirpstack-hook', '/hooks/chirpstack?event=up', 'authorization', 'Bearer the secret of chirpstack'],
  ['tts-hook', '/hooks/tts', 'x-downlink-apikey', 'the secret of tts'],
  ['unifi', '/hooks/unifi', 'authorization', 'Bearer the secret of unifi'],
  ['ngsi', '/hooks/ngsi', 'x-aperto-token', 'the secret of ngsi'],
])('%s posts to %s and shows its secret', async (dialect, path, header, secret) => {
  const { posts, http } = await startReceiver();
  const { acked, failed } = await run(dialect, http);
  expect(failed).toBe(0);
  expect(acked).toBeGreaterThan(posts.length);
  const own = posts.filter((post) => post.path === path);
  expect(own.length).toBeGreaterThan(5);
  expect(new Set(posts.map(({ headers }) => headers[header]))).toEqual(new Set([secret]));
  expect(own.map(({ body }) => typeof JSON.parse(body))).toEqual(own.map(() => 'object'));
});

test.each(['meraki-scanning-2', 'meraki-scanning-3'])('%s shows its secret in the body', async (dialect) => {
  const { posts, http } = await startReceiver();
  expect(await run(dialect, http)).toMatchObject({ failed: 0 });
  expect(posts.length).toBe(12);
  expect(new Set(posts.map(({ body }) => JSON.parse(body).secret))).toEqual(
    new Set(['the secret of meraki']),
  );
});

test('a device whose vendor posts says nothing over MQTT, and the others nothing by post', async () => {
  const { posts, http } = await startReceiver();
  const broker = await brokerOfTest();
  const hooks = { http, tokens };
  const options = { broker: broker.url, site: viaRossini, dialects: ['unifi'], hooks, from };
  const { acked, failed } = await simulate({ ...options, to: from + 60_000 });
  expect(failed).toBe(0);
  expect(posts.length).toBeGreaterThan(11);
  expect(acked).toBe(posts.length + broker.published.length);
  expect(broker.published.filter(({ topic }) => /hooks|access-point/.test(topic))).toEqual([]);
});

test('a post that is asked to wait is sent again', async () => {
  let turnedAway = 0;
  const { posts, http } = await startReceiver((_, response) => {
    response.statusCode = turnedAway++ < 3 ? 503 : 200;
    response.setHeader('retry-after', '0');
    response.end();
  });
  expect(await run('unifi', http)).toMatchObject({ failed: 0 });
  const bodies = posts.map(({ body }) => body);
  expect(bodies.length - new Set(bodies).size).toBe(3);
});

test('who waits is told that nothing is acknowledged', async () => {
  const lines: string[] = [];
  const held: ServerResponse[] = [];
  const { http } = await startReceiver((_, response) => {
    if (lines.length === 0) held.push(response);
    else response.end();
  });
  const onStall = (line: string): void => {
    lines.push(line);
    for (const response of held) response.end();
  };
  const span = { to: from + 6 * 3_600_000, cadenceS: fast, onStall };
  expect(await run('unifi', http, span)).toMatchObject({ failed: 0 });
  expect(lines).toEqual([
    'the hook unifi has acknowledged nothing for 3 s; waiting until it does, for 60 s at most',
  ]);
});

/** Only access points report. */
const fast = {
  seat: 86_400,
  counter: 86_400,
  'access-point': 60,
  probe: 86_400,
  meter: 86_400,
  weather: 86_400,
  status: 86_400,
};

test.each([
  [
    'another validator',
    'meraki-scanning-3',
    { merakiValidator: 'of somebody else' },
    'answers another validator',
  ],
  ['no secret', 'unifi', { tokens: new Map() }, 'set APERTO_HOOK_UNIFI_TOKEN to what the receiver has'],
  ['no validator', 'meraki-scanning-2', { merakiValidator: undefined }, 'set APERTO_HOOK_MERAKI_VALIDATOR'],
  [
    'no address',
    'ngsi',
    { http: 'localhost' },
    '"localhost" is no HTTP address; write it as http://host:8080',
  ],
  ['nobody there', 'ngsi', { http: 'http://127.0.0.1:9' }, 'no HTTP server answers at 127.0.0.1:9'],
])('%s is one clear line', async (_, dialect, changes, line) => {
  const { http } = await startReceiver();
  const hooks = { http, tokens, merakiValidator: validator, ...changes };
  await expect(run(dialect, http, { hooks })).rejects.toThrow(line);
});

test.each([
  { from, to: from + 3_600_000 },
  { from, to: undefined },
])('a receiver that lets nobody in ends the run with what it said: %j', async (span) => {
  const { http } = await startReceiver((_, response) => {
    response.statusCode = 401;
    response.end('{"title":"Unauthorized","detail":"send the secret of the hook unifi as \\"X\\""}');
  });
  await expect(run('unifi', http, span)).rejects.toThrow(
    /^the hook unifi at 127\.0\.0\.1:\d+ answers 401: send the secret of the hook unifi as "X"$/,
  );
});
