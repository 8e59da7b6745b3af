import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildDashboards } from '../dashboards/build.ts';
import { GrafanaClient } from '../dashboards/grafana/client.ts';
import { diffBoards, pushBoards, standingText } from '../dashboards/grafana/push.ts';
import { dashboardSchema } from '../dashboards/lint/dashboard.ts';
import { runAperto } from './support/aperto.ts';
import { type ScriptedGrafana, startScriptedGrafana } from './support/scripted-grafana.ts';
import { viaRossini as site } from './support/via-rossini.ts';

const boards = buildDashboards({ site });
const uidOf = (text: string): string => dashboardSchema.parse(JSON.parse(text)).uid;
const uids = [...boards.values()].map(uidOf);

let grafana: ScriptedGrafana;
beforeEach(async () => {
  grafana = await startScriptedGrafana();
});
afterEach(() => grafana.stop());

const client = () => new GrafanaClient(grafana);

test('a push makes the folder and every board; a second one finds nothing to do', async () => {
  const first = await pushBoards({ client: client(), boards });
  expect(first).toEqual(uids.map((uid) => ({ uid, state: 'new' })));
  expect([...grafana.folders]).toEqual([['aperto', 'Aperto']]);
  expect([...grafana.boards].map(([uid, { folder }]) => [uid, folder])).toEqual(
    uids.map((uid) => [uid, 'aperto']),
  );
  grafana.asked.length = 0;
  const second = await pushBoards({ client: client(), boards });
  expect(second.map(({ state }) => state)).toEqual(uids.map(() => 'same'));
  expect(grafana.asked.filter((request) => request.startsWith('POST'))).toEqual([]);
});

test('diff names what is new, gone and changed, and changes nothing; push sets that one right', async () => {
  await pushBoards({ client: client(), boards });
  const uid = 'aperto-energy-en';
  const there = grafana.boards.get(uid);
  if (there === undefined) throw new Error('no board');
  const text = JSON.stringify(there.dashboard)
    .replace('"Power from the grid now"', '"Power of somebody"')
    .replace('mean(\\"frequency_hz\\")', 'max(\\"frequency_hz\\")');
  grafana.boards.set(uid, { ...there, dashboard: JSON.parse(text) });
  grafana.boards.delete('aperto-seat-it');
  grafana.asked.length = 0;
  const standings = await diffBoards({ client: client(), boards });
  expect(grafana.asked.every((request) => request.startsWith('GET'))).toBe(true);
  expect(standings.filter(({ state }) => state !== 'same').map(standingText)).toEqual([
    expect.stringMatching(
      /^aperto-energy-en: changed\n {2}\+ panel "Power from the grid now" \(\d+\)\n {2}- panel "Power of somebody" \(\d+\)\n {2}~ panel "Mains frequency" \(\d+\)$/,
    ),
    'aperto-seat-it: new',
  ]);
  await pushBoards({ client: client(), boards });
  expect(grafana.asked.filter((request) => request === 'POST /api/dashboards/db')).toHaveLength(2);
  expect(grafana.boards.get(uid)?.dashboard).toMatchObject({ version: 2 });
  expect((await diffBoards({ client: client(), boards })).every(({ state }) => state === 'same')).toBe(true);
});

test('progress counts the boards', async () => {
  const steps: number[] = [];
  await diffBoards({ client: client(), boards, onProgress: (done) => steps.push(done) });
  expect(steps).toEqual(Array.from({ length: boards.size + 1 }, (_, index) => index));
});

test.each([
  [401, { message: 'Invalid API key' }, /does not know the token \(Invalid API key\); make a new one$/],
  [403, { message: "You'll need additional permissions" }, /does not allow .* the role Editor$/],
  [400, { message: 'Cannot save provisioned dashboard' }, /has it from provisioning files .* first$/],
  [400, { message: 'Dashboard title cannot be empty' }, /does not take it: Dashboard title cannot be empty$/],
  [502, 'a page of a proxy', /answered 502: HTTP 502$/],
] as const)('status %i is one clear line', async (status, body, message) => {
  grafana.instead = (request) =>
    request === 'POST /api/dashboards/db' ? { status, body: Object(body) } : undefined;
  await expect(pushBoards({ client: client(), boards })).rejects.toMatchObject({
    message: expect.stringMatching(message),
  });
});

test('nobody there, and an address that is none', async () => {
  const { url } = grafana;
  const away = new GrafanaClient({ url: 'http://127.0.0.1:9', token: 'x', timeoutMs: 5_000 });
  await expect(diffBoards({ client: away, boards })).rejects.toMatchObject({
    code: 'store_unavailable',
    message: expect.stringMatching(/^Grafana at http:\/\/127\.0\.0\.1:9 does not answer: /),
  });
  expect(() => new GrafanaClient({ url: 'grafana:3000', token: 'x' })).toThrow('--grafana grafana:3000');
  const under = new GrafanaClient({ url: `${url}/grafana`, token: grafana.token });
  await expect(under.read('aperto-seat-it')).resolves.toBeUndefined();
  expect(grafana.asked).toEqual(['GET /grafana/api/dashboards/uid/aperto-seat-it']);
});

test('the command pushes one language, and tells by its exit code what differs', async () => {
  const { url, token } = grafana;
  const environment = { GRAFANA_TOKEN: token };
  const words = ['--grafana', url, '--language', 'it'];
  const run = (command: string) => runAperto(['dashboards', command, ...words], { environment });
  const pushed = await run('push');
  expect(pushed).toMatchObject({ code: 0, stderr: '' });
  expect(pushed.stdout.trim().split('\n').at(-1)).toBe(
    JSON.stringify({ event: 'done', pushed: boards.size / 2, same: 0 }),
  );
  expect(await run('diff')).toMatchObject({ code: 0 });
  grafana.boards.delete('aperto-now-it');
  expect(await run('diff')).toMatchObject({ code: 2, stdout: expect.stringContaining('aperto-now-it: new') });
  const without = await runAperto(['dashboards', 'push'], { environment: { GRAFANA_TOKEN: '' } });
  expect(without).toMatchObject({ code: 2, stderr: expect.stringMatching(/GRAFANA_TOKEN: not set; .*\n$/) });
});
