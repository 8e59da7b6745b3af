import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { QuarantinedMessage } from '../../ingest/quarantine.ts';
import { readEvents } from '../../test/http/events.ts';
import { eventually } from '../../test/http/eventually.ts';
import { openRaw, readProblem } from '../../test/http/requests.ts';
import { buildHttp, seatPoint, startHttp, startOfTest } from '../../test/http/start.ts';
import type { HttpServer } from './server.ts';

const events = '/api/v1/sites/via-rossini/events';

const countConnections = ({ server }: HttpServer): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });

describe('listen', () => {
  it('tells the port that it was given, and the one that it asked for is in use', async () => {
    const first = await startHttp();
    expect(first.port).toBeGreaterThan(0);
    const second = await buildHttp();
    const taken = second.server.listen('127.0.0.1', first.port);
    await expect(taken).rejects.toMatchObject({
      code: 'address_in_use',
      message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${first.port}\\b.*--http-port`)),
    });
  });

  it('says in one line why an address cannot be had', async () => {
    const { server } = await buildHttp();
    await expect(server.listen('192.0.2.1', 0)).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('192.0.2.1'),
    });
  });
});

describe('close', () => {
  it('ends event streams well and refuses new connections', async () => {
    const { server, url, say } = await startHttp();
    const readers = await Promise.all(Array.from({ length: 20 }, () => readEvents(url + events)));
    say('seat', seatPoint('S01', 'teatro', startOfTest, 1));
    await server.close();
    for (const reader of readers) {
      await reader.ended;
      expect(reader.events.at(-1)).toMatchObject({ event: 'reading', entries: [{ device: 'S01' }] });
    }
    await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed');
  });

  it('lets an open request finish', async () => {
    let answer: ((messages: readonly QuarantinedMessage[]) => void) | undefined;
    const quarantine = () =>
      new Promise<readonly QuarantinedMessage[]>((resolve) => {
        answer = resolve;
      });
    const { server, url } = await startHttp({ quarantine });
    const response = fetch(`${url}/api/v1/quarantine`);
    await eventually(() => expect(answer).toBeDefined());
    const closed = server.close();
    answer?.([]);
    expect(await (await response).json()).toEqual({ messages: [] });
    await closed;
  });

  it('does not wait for connections that never said a word', async () => {
    const { server, port } = await startHttp({ limits: { closeTimeoutMs: 60_000 } });
    const silent = await openRaw(port, '');
    await eventually(async () => expect(await countConnections(server)).toBe(1));
    await server.close();
    await silent.closed;
  });

  it('cuts what does not end by itself: half a request, and a connection that was upgraded', async () => {
    const { server, port } = await startHttp({ limits: { closeTimeoutMs: 50 } });
    server.server.on('upgrade', (_request, socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    );
    const half = await openRaw(port, 'GET / HTTP/1.1\r\nHo');
    const upgraded = await openRaw(
      port,
      'GET /mqtt HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    await eventually(() => expect(upgraded.text()).toContain('101 Switching Protocols'));
    await server.close();
    await Promise.all([half.closed, upgraded.closed]);
    expect(server.server.listening).toBe(false);
  });

  it('may be called twice, and before listening', async () => {
    const started = await startHttp();
    await Promise.all([started.server.close(), started.server.close()]);
    expect(started.server.server.listening).toBe(false);
    const built = await buildHttp();
    await expect(built.server.close()).resolves.toBeUndefined();
  });
});

describe('every answer', () => {
  it('has strict headers, no banner and no CORS', async () => {
    const { url } = await startHttp();
    const headers = { origin: 'https://example.org' };
    for (const path of ['/api/v1/sites', '/metrics', '/nowhere']) {
      const response = await fetch(url + path, { headers });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-security-policy':
          "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      for (const name of [
        'server',
        'x-powered-by',
        'access-control-allow-origin',
        'strict-transport-security',
      ]) {
        expect(response.headers.get(name)).toBeNull();
      }
      await response.body?.cancel();
    }
  });

  it('is a problem where there is no such route, method or path', async () => {
    const { url } = await startHttp();
    const unknown = await readProblem(await fetch(`${url}/nowhere?key=secret`), 404);
    expect(unknown.detail).toBe('no route GET /nowhere; /docs lists them');
    const post = await fetch(`${url}/api/v1/sites`, { method: 'POST', body: '{}' });
    expect(post.headers.get('allow')).toBe('GET, HEAD');
    expect((await readProblem(post, 405)).detail).toBe('/api/v1/sites takes GET, HEAD, not POST');
    const below = await fetch(`${url}/api/v1/sites/via-rossini/now`, { method: 'DELETE' });
    expect(below.headers.get('allow')).toBe('GET, HEAD');
    await readProblem(below, 405);
    const hook = await fetch(`${url}/hooks/unifi`, { method: 'PUT' });
    expect(hook.headers.get('allow')).toBe('GET, HEAD, POST');
    await readProblem(hook, 405);
    await readProblem(await fetch(`${url}/api/v1/nowhere`, { method: 'POST', body: '{}' }), 404);
    const encoding = await readProblem(await fetch(`${url}/api/v1/sites/%ff`), 400);
    expect(encoding.instance).toBe('/api/v1/sites/%ff');
    const upgrade = await readProblem(await fetch(`${url}/mqtt`), 404);
    expect(upgrade.detail).toContain('/mqtt');
  });

  it('is logged with its path but never its query, and a failure of ours with its cause', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
    const { url } = await startHttp({
      logger,
      ledger: () => {
        throw new Error('books torn');
      },
    });
    await fetch(`${url}/api/v1/sites?token=secret`);
    await fetch(`${url}/nowhere?token=secret`);
    const problem = await readProblem(await fetch(`${url}/api/v1/ledger`), 500);
    expect(problem.detail).toBe('internal error; the log says more');
    await eventually(() => expect(lines.filter((line) => line.includes('"status":')).length).toBe(3));
    expect(lines.join('')).not.toContain('secret');
    expect(lines.some((line) => line.includes('books torn') && line.includes('"level":50'))).toBe(true);
  });
});
