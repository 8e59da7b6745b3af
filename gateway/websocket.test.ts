import { createServer, type Server } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import mqtt from 'mqtt';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../model/limits.ts';
import { brokerOf, connect } from '../test/support/gateway.ts';
import { listen } from './listen.ts';
import { attachWebSocket } from './websocket.ts';

const topic = 'aperto/1/via-rossini/seat/S07';

/** A broker, and an HTTP server that hands it MQTT over WebSocket. */
const gatewayOf = async () => {
  const parts = await brokerOf();
  const server: Server = createServer((_request, response) => response.end('page'));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const stop = attachWebSocket(server, (connection) => parts.broker.handle(connection));
  onTestFinished(stop);
  const { port: httpPort } = await listen(server, '127.0.0.1', 0, 'HTTP', '--http-port');
  return { ...parts, server, httpPort, stop };
};

const connectWs = async (httpPort: number, options: mqtt.IClientOptions = {}) => {
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${httpPort}/mqtt`, {
    reconnectPeriod: 0,
    ...options,
  });
  onTestFinished(() => client.endAsync(true));
  return client;
};

/** An upgrade request as raw text; answers all that the server says until it ends the connection. */
const upgrade = async (httpPort: number, path: string, ...headers: readonly string[]) => {
  const socket: Socket = createConnection({ port: httpPort, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  let text = '';
  let ended = false;
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  for (const event of ['end', 'close']) {
    socket.on(event, () => {
      ended = true;
    });
  }
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      'Host: a',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
      '\r\n',
    ].join('\r\n'),
  );
  await vi.waitFor(() => expect(text).toContain('\r\n\r\n'));
  return { socket, status: text.split('\r\n')[0], text: () => text, ended: () => ended };
};

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
  );

test.each([4, 5] as const)('MQTT over WebSocket publishes and hears, v%d', async (protocolVersion) => {
  const { httpPort, port, accepted } = await gatewayOf();
  const client = await connectWs(httpPort, { protocolVersion, clientId: 'page' });
  const heard: string[] = [];
  client.on('message', (_topic, payload) => heard.push(payload.toString()));
  await client.subscribeAsync('aperto/#');
  await client.publishAsync(topic, 'from the page', { qos: 1 });
  const device = await connect(port);
  await device.publishAsync(topic, 'x'.repeat(100_000), { qos: 1 });
  await vi.waitFor(() => expect(heard.map((text) => text.length)).toEqual([13, 100_000]));
  expect(accepted.map(({ origin }) => origin)).toEqual(['page', expect.any(String)]);
});

test('the subprotocol is mqtt [MQTT-6.0.0-3]', async () => {
  const { httpPort } = await gatewayOf();
  const chosen = await upgrade(httpPort, '/mqtt', 'Sec-WebSocket-Protocol: mqttv3.1, mqtt');
  expect(chosen.status).toBe('HTTP/1.1 101 Switching Protocols');
  expect(chosen.text()).toMatch(/sec-websocket-protocol: mqtt\r\n/i);
});

test.each([
  ['none', []],
  ['another', ['Sec-WebSocket-Protocol: chat']],
])('who offers %s is turned away before the upgrade', async (_, headers) => {
  const { httpPort, server } = await gatewayOf();
  const refused = await upgrade(httpPort, '/mqtt', ...headers);
  expect(refused.status).toBe('HTTP/1.1 400 Bad Request');
  await vi.waitFor(() => expect(refused.ended()).toBe(true));
  await vi.waitFor(async () => expect(await connectionsOf(server)).toBe(0));
});

test.each(['/', '/mqtt/', '/MQTT', '/mqtt2', '/api/v1/sites', '//', '//mqtt', 'http://[', '/%', '*'])(
  'an upgrade on %s is not found, leaves nothing open and stops nobody',
  async (path) => {
    const { httpPort, server } = await gatewayOf();
    const refused = await upgrade(httpPort, path, 'Sec-WebSocket-Protocol: mqtt');
    expect(refused.status).toMatch(/^HTTP\/1\.1 40[04] /);
    await vi.waitFor(() => expect(refused.ended()).toBe(true));
    // The peer keeps its side open; ours must go all the same.
    await vi.waitFor(async () => expect(await connectionsOf(server)).toBe(0));
    await connectWs(httpPort);
  },
);

test('a query on the path does not matter', async () => {
  const { httpPort } = await gatewayOf();
  const chosen = await upgrade(httpPort, '/mqtt?x=1', 'Sec-WebSocket-Protocol: mqtt');
  expect(chosen.status).toBe('HTTP/1.1 101 Switching Protocols');
});

test('a peer that resets while it is turned away stops nobody', async () => {
  const { httpPort } = await gatewayOf();
  for (let round = 0; round < 20; round++) {
    const socket = createConnection(httpPort, '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write('GET /no HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', () =>
      socket.resetAndDestroy(),
    );
    await closed;
  }
  await connectWs(httpPort);
});

test.each([
  ['a frame of nonsense', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ['a frame without a mask', Buffer.from([0x82, 0x01, 0x10])],
  ['a frame that announces 4 GB', Buffer.from([0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['a text frame', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x61])],
])('%s ends its own connection', async (_, frame) => {
  const { httpPort } = await gatewayOf();
  for (const protocol of ['mqtt', 'chat']) {
    const peer = await upgrade(httpPort, '/mqtt', `Sec-WebSocket-Protocol: ${protocol}`);
    peer.socket.write(frame);
    await vi.waitFor(() => expect(peer.ended()).toBe(true));
  }
  await connectWs(httpPort);
});

test('a message larger than a packet may be is refused', async () => {
  const { httpPort, accepted } = await gatewayOf();
  const socket = new WebSocket(`ws://127.0.0.1:${httpPort}/mqtt`, 'mqtt');
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('open', () => socket.send(Buffer.alloc(limits.packetBytesMax + 1)));
  expect(await closed).toBe(1009);
  expect(accepted).toEqual([]);
});

test('a stop ends what is open and takes no more', async () => {
  const { httpPort, stop, broker } = await gatewayOf();
  const client = await connectWs(httpPort);
  const closed = new Promise<void>((resolve) => client.on('close', () => resolve()));
  stop();
  await closed;
  await vi.waitFor(() => expect(broker.connections()).toBe(0));
  const refused = await upgrade(httpPort, '/mqtt', 'Sec-WebSocket-Protocol: mqtt');
  expect(refused.status).toBe('HTTP/1.1 503 Service Unavailable');
});
