import { expect, it } from 'vitest';
import { openRaw } from '../../test/http/requests.ts';
import { type StartedHttp, startHttp } from '../../test/http/start.ts';
import { Tokens } from './tokens.ts';

const token = 'a-token-of-this-test';

/** Status line and body of a request by this name. */
const ask = async ({ port }: StartedHttp, host: string, path: string, ...headers: readonly string[]) => {
  const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers];
  const client = await openRaw(port, `${lines.join('\r\n')}\r\n\r\n`);
  await client.closed;
  const [head = '', body = ''] = client.text().split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
};

it.each(['127.0.0.1', '127.0.0.1:8080', 'localhost', 'localhost:8080', '[::1]', '[::1]:8080'])(
  'answers to %s without a token',
  async (host) => {
    expect((await ask(await startHttp(), host, '/api/v1/ledger')).status).toBe(200);
  },
);

it.each([
  'evil.example',
  'evil.example:8080',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '10.0.0.1',
])('does not answer to %s without a token', async (host) => {
  const http = await startHttp();
  for (const path of ['/', '/api/v1/ledger', '/metrics', '/docs/json', '/x']) {
    const { status, head, body } = await ask(http, host, path);
    expect(`${path} ${status}`).toBe(`${path} 421`);
    expect(head).toContain('content-type: application/problem+json');
    expect(JSON.parse(body).detail).toBe(
      'without a token this server answers to localhost, 127.0.0.1 and [::1] alone; set APERTO_HTTP_TOKEN to reach it by another name',
    );
  }
});

it('answers to any name with the token', async () => {
  const http = await startHttp({ tokens: new Tokens({ token }) });
  const { status } = await ask(http, 'aperto.example', '/api/v1/ledger', `Authorization: Bearer ${token}`);
  expect(status).toBe(200);
});

it('leaves the hooks to the secrets of their senders', async () => {
  expect((await ask(await startHttp(), 'hooks.example', '/hooks/meraki')).status).not.toBe(421);
});
