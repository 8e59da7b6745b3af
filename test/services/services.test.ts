import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { request } from '../../store/influx/http.ts';
import { findChromium } from './chromium.ts';
import { startInflux } from './influx.ts';
import { findMosquittoClients, startMosquitto } from './mosquitto.ts';

const run = promisify(execFile);

test('InfluxDB starts, has a database of its own, takes /api/v2/write, and is gone after stop', async () => {
  const influx = await startInflux();
  const access = { url: influx.url, token: influx.token, timeoutMs: 10_000 };
  const parameters = { org: influx.org ?? '', bucket: influx.database, precision: 'ms' };
  const target = new URL('/api/v2/write', influx.url);
  target.search = new URLSearchParams(parameters).toString();
  const written = await fetch(target, {
    method: 'POST',
    body: 'weather,site=a temperature_c=21.5 1750000000000',
    headers: influx.token === undefined ? {} : { authorization: `Token ${influx.token}` },
  });
  expect(written.status).toBe(204);
  const ask = (): Promise<{ status: number; body: string }> =>
    request(access, {
      path: '/query',
      parameters: { db: influx.database, epoch: 'ms', q: 'SELECT temperature_c FROM weather' },
    });
  expect((await ask()).body).toContain('[1750000000000,21.5]');
  expect(await influx.createDatabase()).not.toBe(influx.database);

  await influx.stop();
  const after = await ask().catch((error: unknown) => ({ status: 0, body: String(error) }));
  expect(after.body).not.toContain('21.5');
});

test('Mosquitto keeps its port over a kill, and its clients talk to it', async () => {
  const mosquitto = await startMosquitto({ config: ['autosave_on_changes true', 'autosave_interval 1'] });
  const { pub, sub } = await findMosquittoClients();
  const at = ['-p', String(mosquitto.port)];
  await run(pub, [...at, '-t', 'a/b', '-q', '1', '-r', '-m', 'kept']);
  await mosquitto.kill();
  await expect(run(pub, [...at, '-t', 'a/b', '-m', 'lost'])).rejects.toThrow('Connection refused');
  await mosquitto.start();
  await run(pub, [...at, '-t', 'a/c', '-q', '1', '-r', '-m', 'again']);
  const { stdout } = await run(sub, [...at, '-t', 'a/c', '-C', '1', '-W', '10']);
  expect(stdout.trim()).toBe('again');
  await mosquitto.stop();
  await vi.waitFor(() =>
    expect(run(sub, [...at, '-t', 'a/c', '-C', '1'])).rejects.toThrow('Connection refused'),
  );
});

test('Chromium is there to run', async () => {
  await expect(access(await findChromium())).resolves.toBeUndefined();
});
