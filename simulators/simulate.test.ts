import { afterEach, describe, expect, test, vi } from 'vitest';
import { type LoopbackBroker, type Published, startBroker } from '../test/support/loopback-broker.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { type Message, messages } from './messages.ts';
import type { Progress } from './simulate.ts';
import { simulate } from './simulate.ts';

const from = Date.parse('2026-01-15T11:00:00+01:00');
const to = from + 1_800_000;
const prefix = 'aperto/1/via-rossini';

let broker: LoopbackBroker | undefined;
const start = async (...options: Parameters<typeof startBroker>): Promise<LoopbackBroker> => {
  broker = await startBroker(...options);
  return broker;
};
afterEach(async () => {
  await broker?.close();
  broker = undefined;
});
const keys = (those: readonly Pick<Message, 'topic' | 'payload'>[]): string[] =>
  those.map(({ topic, payload }) => `${topic} ${payload}`).toSorted();
const isWill = ({ payload }: Published): boolean => payload === '{"online":false}';
const text = (payload: Message['payload']): string => String(payload);

describe('a back-fill', () => {
  test('brings every message to the broker once, in order for each device, and says so', async () => {
    const { url, published, connects } = await start();
    const progress: Progress[] = [];
    const done = await simulate({
      broker: url,
      site: viaRossini,
      from,
      to,
      onProgress: (one) => progress.push(one),
    });
    const expected = [...messages({ site: viaRossini, from, to })];
    expect(keys(published)).toEqual(keys(expected));
    const own = (those: readonly Pick<Message, 'topic' | 'payload'>[]): string[] =>
      those.filter(({ topic }) => topic === `${prefix}/meter/M1`).map(({ payload }) => text(payload));
    expect(own(published)).toEqual(own(expected));
    expect(published.every(({ qos }) => qos === 1)).toBe(true);
    expect(connects.length).toBe(4);
    const { seconds, ...counts } = done;
    expect(counts).toEqual({
      event: 'done',
      published: expected.length,
      acked: expected.length,
      failed: 0,
      skipped: 0,
      devices: 73,
      from: '2026-01-15T10:00:00.000Z',
      to: '2026-01-15T10:30:00.000Z',
      faults: {},
    });
    expect(seconds).toBeLessThan(60);
    expect(progress.at(-1)).toMatchObject({ from, to, time: to, acked: expected.length });
  });

  test('survives cuts: what was not acked is sent again, nothing fails', async () => {
    const { url, published, connects } = await start();
    const faults = ['disconnect=0.004'];
    const done = await simulate({ broker: url, site: viaRossini, from, to: from + 600_000, faults });
    expect(done.faults.disconnect).toBeGreaterThan(1);
    expect(connects.length).toBeGreaterThan(4);
    expect(done).toMatchObject({ failed: 0, acked: done.published });
    const expected = [...messages({ site: viaRossini, from, to: from + 600_000 })];
    expect(new Set(keys(published))).toEqual(new Set(keys(expected)));
  });

  test('ends when it is told to and counts how far it came', async () => {
    const { url } = await start();
    const stop = new AbortController();
    const options = { broker: url, site: viaRossini, from, to: from + 30 * 86_400_000, signal: stop.signal };
    const done = await simulate({ ...options, onProgress: ({ acked }) => acked > 500 && stop.abort() });
    expect(done.published).toBeGreaterThan(500);
    expect(done.acked).toBe(done.published);
    expect(Date.parse(done.to)).toBeLessThan(options.to);
  });
});

describe('a running street', () => {
  const run = (url: string, options: Partial<Parameters<typeof simulate>[0]> = {}) => {
    const stop = new AbortController();
    const ended = simulate({ broker: url, site: viaRossini, signal: stop.signal, ...options });
    return { stop: () => stop.abort(), ended };
  };

  test('has every device connected by its own name and reporting within four seconds', async () => {
    const { url, published, connects } = await start();
    const street = run(url);
    const topics = (): Set<string> => new Set(published.map(({ topic }) => topic));
    const kinds = [...viaRossini.devices.values()].map(({ kind, id }) => `${prefix}/${kind}/${id}`);
    await vi.waitFor(() => expect([...topics()]).toEqual(expect.arrayContaining(kinds)), { timeout: 4_000 });
    street.stop();
    const done = await street.ended;
    expect(new Set(connects)).toEqual(
      new Set([...viaRossini.devices.keys()].map((id) => `via-rossini-${id}`)),
    );
    expect(done).toMatchObject({ devices: 73, failed: 0, acked: done.published });
    expect(published.filter(isWill)).toEqual([]);
    const online = published.filter(({ payload }) => payload.includes('"online":true'));
    expect(new Set(online.map(({ topic }) => topic)).size).toBe(73);
  });

  test('writes wall time into its messages at any speed, each device never twice the same', async () => {
    const { url, published } = await start();
    const noon = Date.parse('2026-06-23T11:00:00+02:00');
    const startedAt = Date.now();
    const street = run(url, { speed: 600, from: noon });
    await vi.waitFor(() => expect(published.length).toBeGreaterThan(2_000), { timeout: 15_000 });
    street.stop();
    const done = await street.ended;
    expect(Date.parse(done.from)).toBe(noon);
    expect(Date.parse(done.to) - noon).toBeGreaterThan(60_000);
    const times = published.map(({ payload }) => Number(/"t":(\d+)/.exec(payload)?.[1]));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(startedAt);
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(new Set(published.map(({ topic, payload }) => `${topic} ${payload}`)).size).toBe(published.length);
  });

  test('publishes at a rate, all devices in turn', async () => {
    const { url, published } = await start();
    const street = run(url, { rate: 2_000, devices: 100 });
    const clients = (): number => new Set(published.map(({ client }) => client)).size;
    await vi.waitFor(() => expect(clients()).toBe(100), { timeout: 15_000 });
    const before = published.length;
    await vi.waitFor(() => expect(published.length).toBeGreaterThan(before + 2_000), { timeout: 15_000 });
    street.stop();
    const done = await street.ended;
    expect(done.devices).toBe(100);
    expect(done.acked / done.seconds).toBeLessThan(2_500);
    expect(new Set(keys(published)).size).toBe(published.length);
  });

  test('a device that is cut off leaves its will, comes back and reports', async () => {
    const { url, published, connects } = await start();
    const street = run(url, { devices: 6, rate: 100, faults: ['disconnect=0.02'] });
    await vi.waitFor(() => expect(connects.length).toBeGreaterThan(8), { timeout: 20_000 });
    street.stop();
    const done = await street.ended;
    const wills = published.filter(isWill);
    expect(wills.length).toBeGreaterThan(0);
    expect(wills.every(({ topic }) => topic.startsWith(`${prefix}/status/`))).toBe(true);
    expect(done.faults.disconnect).toBeGreaterThanOrEqual(wills.length);
    const again = connects.find((id, index) => connects.indexOf(id) < index);
    const back = again?.replace('via-rossini-', '');
    const states = published
      .filter(({ topic }) => topic === `${prefix}/status/${back}`)
      .map(({ payload }) => payload);
    const gone = states.indexOf('{"online":false}');
    expect(states.slice(gone + 1).some((payload) => payload.includes('"online":true'))).toBe(true);
  });

  test('comes back when the broker does', async () => {
    const { url, published, connects, shut, listen } = await start();
    const street = run(url, { devices: 10 });
    await vi.waitFor(() => expect(connects.length).toBe(10), { timeout: 4_000 });
    await shut();
    await listen();
    await vi.waitFor(() => expect(connects.length).toBe(20), { timeout: 10_000 });
    const before = published.length;
    await vi.waitFor(() => expect(published.length).toBeGreaterThan(before), { timeout: 10_000 });
    street.stop();
    const done = await street.ended;
    expect(done.acked).toBe(done.published);
  });
});

describe('what it refuses', () => {
  const site = viaRossini;
  test.each([
    [{ broker: 'localhost:1883' }, '"localhost:1883" is no broker address; write it as mqtt://host:1883'],
    [{ broker: 'http://127.0.0.1:1' }, 'is no broker address'],
    [{ to }, 'give --from too'],
    [{ from: to, to: from }, '--from must be before --to'],
    [{ from, to, speed: 2 }, 'leave out --speed and --rate'],
    [{ speed: 0 }, '--speed must be above 0'],
    [{ rate: Number.NaN }, '--rate must be above 0'],
    [{ devices: 0 }, 'give a whole number from 1'],
    [{ faults: ['chaos'] }, 'unknown fault "chaos"; the faults are'],
  ])('%j', async (options, message) => {
    const refused = simulate({ broker: 'mqtt://127.0.0.1:1', site, ...options });
    await expect(refused).rejects.toMatchObject({ name: 'ApertoError', code: 'usage' });
    await expect(refused).rejects.toThrow(message);
  });

  test.each([{}, { from, to }])('a broker that is not there: %j', async (span) => {
    const { url, close } = await startBroker();
    await close();
    const refused = simulate({ broker: url, site, ...span });
    await expect(refused).rejects.toMatchObject({ code: 'usage', retry: true });
    await expect(refused).rejects.toThrow(
      `no MQTT broker answers at ${url.slice(7)} (ECONNREFUSED); start one`,
    );
  });

  test('a broker that wants another password', async () => {
    const { url } = await start({
      authenticate: (_client, _user, password, done) => done(null, password?.toString() === 'right'),
    });
    await expect(simulate({ broker: url, site, from, to, password: 'wrong' })).rejects.toThrow(
      /refuses the connection/,
    );
    const done = await simulate({ broker: url, site, from, to: from + 60_000, password: 'right' });
    expect(done.acked).toBeGreaterThan(50);
  });
});
