import { describe, expect, it } from 'vitest';
import { ApertoError, type ErrorCode } from '../../model/errors.ts';
import { openRaw } from '../../test/http/requests.ts';
import { startHttp } from '../../test/http/start.ts';
import { failureOf } from './failure.ts';

describe('failureOf', () => {
  it.each<[ErrorCode, number]>([
    ['usage', 400],
    ['not_found', 404],
    ['quarantined', 422],
    ['store_unavailable', 503],
    ['spool_full', 503],
    ['closed', 503],
    ['config', 500],
    ['address_in_use', 500],
    ['spool_failed', 500],
    ['store_rejected', 500],
    ['internal', 500],
  ])('answers %s with %i', (code, status) => {
    expect(failureOf(new ApertoError(code, 'x')).status).toBe(status);
  });

  it('tells a client what it did wrong, but nothing of our inside', () => {
    expect(failureOf(new ApertoError('usage', 'limit: too big')).detail).toBe('limit: too big');
    const inside = [new ApertoError('internal', 'at /srv/data'), new Error('/srv/data'), '/srv/data'];
    for (const error of inside) expect(failureOf(error).detail).toBe('internal error; the log says more');
    expect(failureOf(new ApertoError('store_unavailable', 'http://10.0.0.1')).detail).toBe(
      'the store does not answer; try again later',
    );
  });

  it('passes on the refusal of a plugin, but not what another server answered to us', () => {
    const refusal = Object.assign(new Error('/srv/data'), { statusCode: 403, expose: true });
    expect(failureOf(refusal)).toEqual({ status: 403, detail: 'Forbidden' });
    expect(failureOf(Object.assign(new Error('x'), { statusCode: 403 })).status).toBe(500);
    expect(failureOf(Object.assign(new Error('x'), { statusCode: 503, expose: true })).status).toBe(500);
  });

  it('passes on how long to wait', () => {
    const error = new ApertoError('store_unavailable', 'x', { retryAfterMs: 1_500 });
    expect(failureOf(error).retryAfterMs).toBe(1_500);
  });
});

it('refuses a path that leads out of the documentation', async () => {
  const { port } = await startHttp();
  const path = '/docs/static/../../../package.json';
  const client = await openRaw(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  await client.closed;
  const [head = '', body = ''] = client.text().split('\r\n\r\n');
  expect(head.split('\r\n')[0]).toBe('HTTP/1.1 403 Forbidden');
  expect(head).toContain('content-type: application/problem+json');
  expect(JSON.parse(body)).toMatchObject({ status: 403, detail: 'Forbidden', instance: path });
});
