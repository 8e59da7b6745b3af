import { describe, expect, it, vi } from 'vitest';
import { readProblem } from '../../test/http/requests.ts';
import { startHttp } from '../../test/http/start.ts';
import { bookOf, tokenCredential } from '../../test/support/credentials.ts';
import { accessOf } from './access.ts';
import { Tokens } from './tokens.ts';

const tokens = {
  reader: 'a-token-that-reads',
  operator: 'a-token-that-operates',
  env: 'a-token-of-old',
} as const;
const credentials = [
  tokenCredential('reader', tokens.reader, 'read'),
  tokenCredential('operator', tokens.operator, 'operate'),
];

const startLocked = async () => {
  const { book, write } = bookOf(...credentials);
  const started = await startHttp({ tokens: new Tokens({ token: tokens.env, book }) });
  const get = (path: string, token?: string): Promise<Response> =>
    fetch(started.url + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  return { ...started, get, write };
};

describe('tokens of the file', () => {
  it('read what there is to read, and the scope operate opens the rest', async () => {
    const { get } = await startLocked();
    for (const path of ['/api/v1/sites', '/api/v1/ledger', '/api/v1/devices', '/metrics']) {
      for (const token of Object.values(tokens)) {
        expect(`${path} ${(await get(path, token)).status}`).toBe(`${path} 200`);
      }
      await readProblem(await get(path), 401);
    }
    for (const token of [tokens.operator, tokens.env])
      expect((await get('/api/v1/quarantine', token)).status).toBe(200);
    const refused = await get('/api/v1/quarantine', tokens.reader);
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="operate"',
    );
    const { detail } = await readProblem(refused, 403);
    expect(detail).toBe('the token "reader" has the scope read; this needs operate');
  });

  it('are none but themselves', async () => {
    const { get } = await startLocked();
    for (const token of ['a-token', `${tokens.reader}x`, 'reader', credentials[0]?.hash ?? ''])
      await readProblem(await get('/api/v1/sites', token), 401);
  });

  it('that are revoked end at once, their event streams too', async () => {
    const { get, write, metrics } = await startLocked();
    const events = await get('/api/v1/sites/via-rossini/events', tokens.reader);
    expect(events.status).toBe(200);
    const others = await get('/api/v1/sites/via-rossini/events', tokens.operator);
    const heard: string[] = [];
    const heardAll = (async () => {
      for await (const chunk of events.body ?? []) heard.push(Buffer.from(chunk).toString());
    })();
    await vi.waitFor(() => expect(heard.join('')).toContain('event: snapshot'));
    const { hash: _, ...rest } = tokenCredential('reader', tokens.reader, 'read');
    write({ ...rest, revoked: '2026-06-24T08:00:00.000Z' }, ...credentials.slice(1));
    // It is cut: whoever reads it sees its end, or that it broke off.
    await Promise.allSettled([heardAll]);
    await vi.waitFor(async () => expect(await metrics.metrics()).toMatch(/^aperto_http_event_streams 1$/m));
    await readProblem(await get('/api/v1/sites', tokens.reader), 401);
    expect((await get('/api/v1/sites', tokens.operator)).status).toBe(200);
    await others.body?.cancel();
  });

  it('lock a door that was open, and the last one that goes does not open it', async () => {
    const { book, write } = bookOf();
    const { url } = await startHttp({ tokens: new Tokens({ book }) });
    const status = async () => (await fetch(`${url}/api/v1/sites`)).status;
    expect(await status()).toBe(200);
    write(...credentials);
    await vi.waitFor(async () => expect(await status()).toBe(401));
    write();
    await vi.waitFor(() => expect(book.size).toBe(0));
    expect(await status()).toBe(401);
  });
});

describe('what a route asks', () => {
  it.each([
    ['/', 'GET', 'public'],
    ['/health/live', 'GET', 'public'],
    ['/health/ready', 'HEAD', 'public'],
    ['/docs/json', 'GET', 'public'],
    ['/hooks/:source', 'POST', 'hook'],
    ['/metrics', 'GET', 'read'],
    ['/api/v1/sites/:site/series', 'GET', 'read'],
    ['/api/v1/quarantine', 'GET', 'operate'],
    ['/api/v1/quarantine/replay', 'POST', 'operate'],
    ['/api/v1/whatever/comes', 'DELETE', 'operate'],
    [undefined, 'GET', 'read'],
  ] as const)('%s by %s: %s', (route, method, access) => {
    expect(accessOf(route, method)).toBe(access);
  });
});
