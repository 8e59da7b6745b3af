import { describe, expect, it } from 'vitest';
import { eventually } from '../../test/http/eventually.ts';
import { openRaw, readProblem } from '../../test/http/requests.ts';
import { startHttp } from '../../test/http/start.ts';

/** Status and problem of a raw answer. */
const parseAnswer = (text: string): { status: number; detail: string } => {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  expect(head.toLowerCase()).toContain('content-type: application/problem+json');
  const { detail }: { detail: string } = JSON.parse(body);
  return { status: Number(head.split(' ')[1]), detail };
};

describe('limits of a request', () => {
  it('refuses a URL that is too long', async () => {
    const { url } = await startHttp();
    const { detail } = await readProblem(await fetch(`${url}/api/v1/sites?x=${'x'.repeat(4_096)}`), 414);
    expect(detail).toBe('the URL is longer than 4096 characters');
  });

  it('refuses an identifier that is too long', async () => {
    const { url } = await startHttp();
    await readProblem(await fetch(`${url}/api/v1/sites/${'x'.repeat(64)}`), 404);
    await readProblem(await fetch(`${url}/api/v1/sites/${'x'.repeat(65)}`), 414);
  });

  it('refuses a body that is too large, wherever it goes', async () => {
    const { url } = await startHttp({ limits: { requestBytesMax: 1_000 } });
    const post = (sizeBytes: number) =>
      fetch(`${url}/api/v1/ledger`, { method: 'POST', body: 'x'.repeat(sizeBytes) });
    await readProblem(await post(1_000), 405);
    await readProblem(await post(1_001), 413);
  });

  it('refuses headers that are too large', async () => {
    const { port } = await startHttp();
    const client = await openRaw(
      port,
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`,
    );
    await client.closed;
    expect(parseAnswer(client.text())).toEqual({ status: 431, detail: 'the headers are too large' });
  });

  it('refuses what is no HTTP', async () => {
    const { port } = await startHttp();
    const client = await openRaw(port, '\u0010\u000c\u0000\u0004MQTT');
    await client.closed;
    expect(parseAnswer(client.text())).toEqual({ status: 400, detail: 'not an HTTP request' });
  });

  it('gives up on headers, and on a whole request, that do not come in time', async () => {
    const { port } = await startHttp({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 200 } });
    const headers = await openRaw(port, 'GET / HTTP/1.1\r\nHost: te');
    const body = await openRaw(port, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc');
    await Promise.all([headers.closed, body.closed]);
    expect(parseAnswer(headers.text())).toEqual({
      status: 408,
      detail: 'the request did not arrive in time',
    });
  });
});

describe('limits of connections', () => {
  it('drops one connection too many and counts it', async () => {
    const { url, port, metrics } = await startHttp({ limits: { connectionsMax: 3 } });
    const open = await Promise.all([openRaw(port, ''), openRaw(port, ''), openRaw(port, '')]);
    const dropped = await openRaw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await dropped.closed;
    expect(dropped.text()).toBe('');
    expect(await metrics.metrics()).toContain('aperto_http_refused_total{reason="connections"} 1');
    open[0]?.socket.destroy();
    await eventually(async () => expect((await fetch(`${url}/health/live`)).status).toBe(200));
  });

  it('closes a connection that is kept alive for nothing', async () => {
    const { port } = await startHttp({ limits: { keepAliveTimeoutMs: 50 } });
    const client = await openRaw(port, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await client.closed;
    expect(client.text()).toContain('HTTP/1.1 200 OK');
  });
});
