import { describe, expect, it } from 'vitest';
import { readProblem } from '../../../test/http/requests.ts';
import { startHttp } from '../../../test/http/start.ts';

describe('GET /health/live', () => {
  it('answers while the parts are down', async () => {
    const down = { ok: false, reason: 'down' } as const;
    const { url } = await startHttp({ health: () => ({ spool: down, store: down }) });
    const response = await fetch(`${url}/health/live`);
    expect([response.status, await response.text()]).toEqual([200, '{"status":"live"}']);
  });
});

describe('GET /health/ready', () => {
  it('is 200 when spool and store work', async () => {
    const { url } = await startHttp();
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', parts: { spool: 'ok', store: 'ok' } });
  });

  it('is 503 with the parts that fail, and why', async () => {
    const health = () => ({
      spool: { ok: true as const },
      store: { ok: false as const, reason: 'InfluxDB at 127.0.0.1:8086 does not answer' },
    });
    const { url } = await startHttp({ health });
    const { detail } = await readProblem(await fetch(`${url}/health/ready`), 503);
    expect(detail).toBe('store: InfluxDB at 127.0.0.1:8086 does not answer');
  });

  it('names every part that fails', async () => {
    const health = async () => ({
      spool: { ok: false as const, reason: 'disk full' },
      store: { ok: false as const, reason: 'gone' },
    });
    const { url } = await startHttp({ health });
    const { detail } = await readProblem(await fetch(`${url}/health/ready`), 503);
    expect(detail).toBe('spool: disk full; store: gone');
  });

  it('is 503 when the check fails or takes too long', async () => {
    const failing = await startHttp({ health: () => Promise.reject(new Error('no handle')) });
    const first = await readProblem(await fetch(`${failing.url}/health/ready`), 503);
    expect(first.detail).toBe('health check: no handle');

    const hanging = await startHttp({
      health: () => Promise.race([]),
      limits: { healthTimeoutMs: 40 },
    });
    const second = await readProblem(await fetch(`${hanging.url}/health/ready`), 503);
    expect(second.detail).toBe('health check: no answer within 40 ms');
  });
});
