import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { brokerOf } from '../test/support/gateway.ts';
import { listen } from './listen.ts';
import { attachWebSocket, type WebSocketOptions } from './websocket.ts';

const gatewayOf = async (options?: WebSocketOptions): Promise<number> => {
  const { broker } = await brokerOf();
  const server = createServer();
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  onTestFinished(attachWebSocket(server, (connection) => broker.handle(connection), options));
  return (await listen(server, '127.0.0.1', 0, 'HTTP', '--http-port')).port;
};

/** Status of the answer to an upgrade. */
const upgrade = (port: number, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, 'mqtt', { headers });
    onTestFinished(() => socket.terminate());
    socket.on('upgrade', ({ statusCode }) => resolve(statusCode));
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
    socket.on('error', reject);
  });

test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('a page of %s may connect', async (name) => {
  const port = await gatewayOf();
  const origin = `http://${name.toLowerCase()}:${port}`;
  expect(await upgrade(port, { host: `${name}:${port}`, origin })).toBe(101);
});

test('who is no browser tells no origin and may connect by any name', async () => {
  const port = await gatewayOf();
  expect(await upgrade(port, { host: 'sensors.example' })).toBe(101);
});

test.each([
  ['another site', 'https://evil.example'],
  ['another port', 'http://127.0.0.1:1'],
  ['a file or a sandbox', 'null'],
  ['nonsense', '//'],
])('a page of %s may not without a password', async (_, origin) => {
  const port = await gatewayOf();
  expect(await upgrade(port, { origin })).toBe(403);
});

test('a name that somebody else made point here is refused', async () => {
  const port = await gatewayOf();
  expect(await upgrade(port, { host: 'evil.example', origin: 'http://evil.example' })).toBe(403);
});

test('with a password a page of another site may connect', async () => {
  const port = await gatewayOf({ isLocked: () => true });
  expect(await upgrade(port, { origin: 'https://dashboard.example' })).toBe(101);
});
