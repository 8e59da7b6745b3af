import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { request } from './http.ts';

let server: Server;
afterEach(() => server.close());

const reply = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

/** Answers the requests whose numbers are named, resets the connection on all others. */
const start = async (answered: readonly number[]) => {
  let count = 0;
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', () => {
      if (answered.includes(count++)) socket.write(reply);
      else socket.resetAndDestroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const options = { url: `http://127.0.0.1:${port}`, token: undefined, timeoutMs: 5_000 };
  return { ask: () => request(options, { path: '/ping' }), asked: () => count };
};

test('a kept connection that the server has closed meanwhile is not taken for a server that is away', async () => {
  const { ask, asked } = await start([0, 2]);
  expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(200);
  expect(asked()).toBe(3);
});

test('a server that closes every connection is asked twice and then told of', async () => {
  const { ask, asked } = await start([]);
  await expect(ask()).rejects.toMatchObject({ code: 'store_unavailable', retry: true });
  expect(asked()).toBe(2);
});
