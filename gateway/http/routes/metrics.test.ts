import { Counter, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { readEvents } from '../../../test/http/events.ts';
import { startHttp } from '../../../test/http/start.ts';

it('gives the registry in the text format of Prometheus, the HTTP edge with it', async () => {
  const metrics = new Registry();
  new Counter({ name: 'aperto_test_total', help: 'Of this test.', registers: [metrics] }).inc(7);
  const { url } = await startHttp({ metrics });
  await fetch(`${url}/api/v1/sites/nowhere`);
  await readEvents(`${url}/api/v1/sites/via-rossini/events`);
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n');
  expect(lines).toContain('aperto_test_total 7');
  expect(lines).toContain('aperto_http_event_streams 1');
  expect(lines).toContain(
    'aperto_http_request_duration_seconds_count{method="GET",route="/api/v1/sites/:site",status="404"} 1',
  );
});

it('knows unknown paths under one name, so that a scan cannot fill the registry', async () => {
  const { url, metrics } = await startHttp();
  for (const path of ['/a', '/b', '/c']) await fetch(url + path);
  const text = await metrics.metrics();
  expect(text).toContain('_count{method="GET",route="unknown",status="404"} 3');
});
