import mqtt from 'mqtt';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Accept, Message } from '../ingest/message.ts';
import { defaultTimings } from '../ingest/subscribe/access.ts';
import { retire } from '../ingest/subscribe/retire.ts';
import { Subscriber } from '../ingest/subscribe/subscriber.ts';
import type { SubscriberOptions } from '../ingest/subscribe/take.ts';
import { systemClock } from '../model/clock.ts';
import { freePort } from './services/free-port.ts';
import { type Mosquitto, startMosquitto } from './services/mosquitto.ts';
import { temporaryDirectory } from './support/directory.ts';

let broker: Mosquitto;
beforeAll(async () => {
  broker = await startMosquitto({ config: ['max_queued_messages 0', 'max_inflight_messages 0'] });
});
afterAll(() => broker.stop());

let tests = 0;
/** Topics of the running test alone: sessions of others stay, and would take their share. */
let topic = '';
beforeEach(() => {
  topic = `test-${++tests}/seat`;
});

const optionsOf = (accept: Accept): SubscriberOptions => ({
  broker: { url: broker.url },
  clientId: `worker-${Math.random()}`,
  filters: [topic],
  readsRetained: false,
  directory: temporaryDirectory(),
  receiveMaximum: 100,
  accept,
  clock: systemClock,
  log: { info: () => undefined, warn: () => undefined },
  timings: { backoffFirstMs: 20, backoffMaxMs: 200, quietMs: 100, closeTimeoutMs: 200 },
});

/** A subscriber of the running test, what came to it, and what it logged. */
const subscribe = async (changes: Partial<SubscriberOptions> = {}) => {
  const taken: Message[] = [];
  const lines: string[] = [];
  const subscriber = new Subscriber({
    ...optionsOf(() => Promise.resolve({ kind: 'accepted', points: 1 })),
    log: { info: (_fields, message) => lines.push(message), warn: (_fields, message) => lines.push(message) },
    ...changes,
    accept: (message) => {
      taken.push(message);
      return changes.accept?.(message) ?? Promise.resolve({ kind: 'accepted', points: 1 });
    },
  });
  onTestFinished(() => subscriber.close());
  await new Promise<void>((resolve, reject) => {
    subscriber.run(resolve).then(undefined, reject);
  });
  return { subscriber, taken, lines };
};

const publisher = async () => {
  const client = await mqtt.connectAsync(broker.url);
  onTestFinished(() => client.endAsync());
  return client;
};

const payloads = (messages: readonly Message[]): string[] =>
  messages.map(({ payload }) => Buffer.from(payload).toString());

it('hands over what is published, and says where it came from', async () => {
  const { taken, subscriber } = await subscribe({ clientId: 'w1' });
  const client = await publisher();
  await client.publishAsync(topic, 'one', { qos: 1 });
  await client.publishAsync(topic, 'two', { qos: 0 });
  await client.publishAsync(topic, 'three', { qos: 2 });
  await vi.waitFor(() => expect(payloads(taken)).toEqual(['one', 'two', 'three']));
  expect(taken.map(({ qos }) => qos)).toEqual([1, 0, 1]);
  expect(taken[0]).toMatchObject({ topic, origin: 'w1', messageId: 1, resent: false, retained: false });
  expect(subscriber.counts).toMatchObject({ received: 3, redelivered: 0, retained: 0 });
});

it('gets again, marked as sent before, what was not durable when it went away', async () => {
  const options = { clientId: 'w2', directory: temporaryDirectory() };
  const never = (): Promise<never> => new Promise(() => undefined);
  const first = await subscribe({ ...options, accept: never });
  const client = await publisher();
  for (const text of ['a', 'b', 'c']) await client.publishAsync(topic, text, { qos: 1 });
  await vi.waitFor(() => expect(first.taken.length).toBe(3));
  await first.subscriber.close();
  await client.publishAsync(topic, 'd', { qos: 1 });
  const second = await subscribe(options);
  await vi.waitFor(() => expect(payloads(second.taken)).toEqual(['a', 'b', 'c', 'd']));
  expect(second.taken.map(({ resent }) => resent)).toEqual([true, true, true, false]);
  expect(second.taken.map(({ messageId }) => messageId)).toEqual(
    first.taken.map(({ messageId }) => messageId).concat(4),
  );
  expect(second.subscriber.counts.redelivered).toBe(3);
  await second.subscriber.close();
  const third = await subscribe(options);
  await client.publishAsync(topic, 'e', { qos: 1 });
  await vi.waitFor(() => expect(payloads(third.taken)).toEqual(['e']));
});

it('shares what comes among workers, each message to one of them', async () => {
  const workers = [await subscribe(), await subscribe(), await subscribe()];
  const client = await publisher();
  await Promise.all(
    Array.from({ length: 300 }, (_, index) => client.publishAsync(topic, String(index), { qos: 1 })),
  );
  await vi.waitFor(() => expect(workers.flatMap(({ taken }) => taken).length).toBe(300));
  expect(new Set(workers.flatMap(({ taken }) => payloads(taken))).size).toBe(300);
  for (const { taken } of workers) expect(taken.length).toBeGreaterThan(50);
});

it('takes a filter that is no longer wanted out of the session', async () => {
  const options = { clientId: 'w3', directory: temporaryDirectory() };
  const first = await subscribe({ ...options, filters: ['old/#', 'kept/#'] });
  await first.subscriber.close();
  const second = await subscribe({ ...options, filters: ['kept/#', 'new/#'] });
  const client = await publisher();
  for (const name of ['old/1', 'kept/1', 'new/1']) await client.publishAsync(name, '', { qos: 1 });
  await vi.waitFor(() => expect(second.taken.map(({ topic }) => topic)).toEqual(['kept/1', 'new/1']));
  await second.subscriber.close();
  await client.publishAsync('old/2', '', { qos: 1 });
  await client.publishAsync('new/2', '', { qos: 1 });
  const third = await subscribe({ ...options, filters: ['kept/#', 'new/#'] });
  await vi.waitFor(() => expect(third.taken.map(({ topic }) => topic)).toEqual(['new/2']));
});

it('retires a worker: takes what waits for it, and leaves nothing of it at the broker', async () => {
  const options = { clientId: 'w6', directory: temporaryDirectory() };
  const leaving = await subscribe(options);
  await leaving.subscriber.close();
  const client = await publisher();
  await Promise.all(
    Array.from({ length: 300 }, (_, index) => client.publishAsync(topic, String(index), { qos: 1 })),
  );
  const taken: Message[] = [];
  const accept: Accept = async (message) => {
    taken.push(message);
    return { kind: 'accepted', points: 1 };
  };
  expect(await retire({ ...optionsOf(accept), ...options }, new AbortController().signal)).toBe(300);
  expect(payloads(taken)).toEqual(Array.from({ length: 300 }, (_, index) => String(index)));
  await client.publishAsync(topic, 'to nobody', { qos: 1 });
  const again = mqtt.connect(broker.url, { clientId: 'w6', clean: false, protocolVersion: 5 });
  onTestFinished(() => again.endAsync());
  const sessionPresent = await new Promise((resolve) =>
    again.once('connect', (connack) => resolve(connack.sessionPresent)),
  );
  expect(sessionPresent).toBe(false);
});

it('reads what the broker retains at each start, marks it and counts it apart', async () => {
  const options = {
    clientId: 'w4',
    directory: temporaryDirectory(),
    filters: ['zigbee2mqtt/#'],
    readsRetained: true,
  };
  const client = await publisher();
  const states = ['zigbee2mqtt/bridge/info', 'zigbee2mqtt/panca-7'];
  for (const state of states) await client.publishAsync(state, '{}', { qos: 1, retain: true });
  for (let start = 1; start <= 2; start++) {
    const { subscriber, taken, lines } = await subscribe(options);
    await client.publishAsync('zigbee2mqtt/panca-7', `{"start":${start}}`, { qos: 1 });
    await vi.waitFor(() => expect(lines.at(-1)).toContain('retains'));
    const kept = taken.filter(({ retained }) => retained);
    expect(kept.map(({ topic }) => topic).toSorted()).toEqual(states);
    expect(kept.every(({ qos }) => qos === 0)).toBe(true);
    expect(payloads(taken.filter(({ retained }) => retained !== true))).toEqual([`{"start":${start}}`]);
    expect(subscriber.counts).toMatchObject({ received: 3, retained: 2 });
    await subscriber.close();
  }
});

it('comes back by itself when the broker was gone, also one that has forgotten the session', async () => {
  const own = await startMosquitto({ config: ['max_queued_messages 0'] });
  onTestFinished(() => own.stop());
  const { taken, lines, subscriber } = await subscribe({ broker: { url: own.url }, clientId: 'w5' });
  // It had no time to write its sessions to disk.
  await own.kill();
  await vi.waitFor(() =>
    expect(subscriber.state).toMatchObject({ ok: false, reason: expect.stringContaining(own.url) }),
  );
  await own.start();
  await vi.waitFor(() => expect(subscriber.state.ok).toBe(true));
  expect(lines.some((line) => line.includes('has forgotten our session'))).toBe(true);
  const client = await mqtt.connectAsync(own.url);
  await client.publishAsync(topic, 'after', { qos: 1 });
  await vi.waitFor(() => expect(payloads(taken)).toEqual(['after']));
  await client.endAsync();
});

it('sends commands out to the broker, and drops those for which there is no connection', async () => {
  const { subscriber } = await subscribe();
  const client = await publisher();
  const heard: string[] = [];
  client.on('message', (name, payload) => heard.push(`${name} ${payload}`));
  await client.subscribeAsync('spBv1.0/+/NCMD/#');
  subscriber.publish('spBv1.0/street/NCMD/edge', Buffer.from('rebirth'));
  await vi.waitFor(() => expect(heard).toEqual(['spBv1.0/street/NCMD/edge rebirth']));
  await subscriber.close();
  subscriber.publish('spBv1.0/street/NCMD/edge', Buffer.from('rebirth'));
  expect(subscriber.counts.unsent).toBe(1);
});

it('asks whether another has its name where the broker closes without a reason', async () => {
  const { lines } = await subscribe({ clientId: 'twice' });
  const client = await mqtt.connectAsync(broker.url, {
    clientId: 'twice',
    protocolVersion: 5,
    reconnectPeriod: 0,
  });
  await vi.waitFor(() => expect(lines.join()).toContain('does another worker have the name "twice"?'));
  await client.endAsync();
});

it('tries again and again, with a delay that doubles up to a bound', async () => {
  const port = await freePort();
  const delays: number[] = [];
  const subscriber = new Subscriber({
    ...optionsOf(() => Promise.resolve({ kind: 'duplicate' })),
    broker: { url: `mqtt://127.0.0.1:${port}` },
    timings: { backoffFirstMs: 4, backoffMaxMs: 16 },
    log: {
      info: () => undefined,
      warn: (fields) => delays.push('delayMs' in fields ? Number(fields.delayMs) : Number.NaN),
    },
  });
  const ended = subscriber.run(() => undefined);
  await vi.waitFor(() => expect(delays.length).toBeGreaterThan(8));
  await subscriber.close();
  await ended;
  expect(defaultTimings).toMatchObject({ backoffMaxMs: 30_000 });
  for (const [index, delay] of delays.entries()) {
    const ceiling = Math.min(16, 4 * 2 ** index);
    expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
    expect(delay).toBeLessThanOrEqual(ceiling);
  }
});
