import { beforeEach, describe, expect, test, vi } from 'vitest';
import { bookOf, userCredential, usersOf } from '../test/support/credentials.ts';
import { type BrokerUnderTest, brokerOf, connect, publish, RawClient } from '../test/support/gateway.ts';
import type { Credential } from './credentials/schema.ts';

const own = 'aperto/1/via-rossini/seat/S07';
const other = 'aperto/1/via-rossini/seat/S08';
const versions = [4, 5] as const;
const secret = 'a secret of S07 alone';

let gateway: BrokerUnderTest;
let device: Credential;
beforeEach(async () => {
  device = await userCredential('S07', secret);
  const board = await userCredential('board', 'a secret of the board', {
    role: 'dashboard',
    publish: [],
    subscribe: ['aperto/1/via-rossini/#'],
  });
  const bridge = await userCredential('bridge', 'a secret of the bridge', {
    role: 'gateway',
    publish: ['application/+/device/+/event/up'],
    subscribe: ['application/+/device/+/command/#'],
  });
  gateway = await brokerOf({ users: usersOf(bookOf(device, board, bridge).book) });
});

const asDevice = { username: 'S07', password: Buffer.from(secret) };
const topics = (): string[] => gateway.accepted.map(({ topic }) => topic);

describe.each(versions)('a device, v%d', (version) => {
  test('publishes its own topics', async () => {
    const client = await connect(gateway.port, { protocolVersion: version, ...asDevice });
    await client.publishAsync(own, 'x', { qos: 1 });
    await client.publishAsync('aperto/1/via-rossini/status/S07', 'x', { qos: 2 });
    expect(topics()).toEqual([own, 'aperto/1/via-rossini/status/S07']);
    expect(gateway.refused).toEqual([]);
  });

  test('publishes no other, which QoS 0 loses in silence while it goes on', async () => {
    const client = await new RawClient(gateway.port, version).connect('a', asDevice);
    client.send(publish(other, 0, { qos: 0 }), publish(`${own}/x`, 0, { qos: 0 }), publish(own, 7));
    await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'puback', messageId: 7 }));
    expect(topics()).toEqual([own]);
    expect(gateway.refused).toEqual([
      ['not_authorised', 0],
      ['not_authorised', 0],
    ]);
    expect(gateway.warnings).toEqual(['publish refused: its credential does not grant this topic']);
  });

  test('leaves no retained message on another’s topic', async () => {
    const client = await new RawClient(gateway.port, version).connect('a', asDevice);
    client.send(publish(other, 0, { qos: 0, retain: true }), publish(own, 7));
    await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('puback'));
    const board = await connect(gateway.port, { username: 'board', password: 'a secret of the board' });
    const heard: string[] = [];
    board.on('message', (topic) => heard.push(topic));
    await board.subscribeAsync('aperto/1/via-rossini/#');
    client.send(publish(own, 8));
    await vi.waitFor(() => expect(heard).toEqual([own]));
  });

  test('subscribes to what is said to it, and to nothing beyond', async () => {
    const client = await new RawClient(gateway.port, version).connect('a', { ...asDevice, clean: false });
    const filters = [`${own}/#`, `${own}/set`, other, '#', 'aperto/1/+/seat/S07/#', '$SYS/#', '$share/g/#'];
    client.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: filters.map((topic) => ({ topic, qos: 0 as const })),
    });
    await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('suback'));
    const suback = client.packets.at(-1);
    const codes = suback?.cmd === 'suback' ? suback.granted.map(Number) : [];
    expect(codes.slice(0, 6)).toEqual([0, 0, ...Array(4).fill(version === 5 ? 0x87 : 0x80)]);
    expect(codes[6]).toBeGreaterThanOrEqual(0x80);
  });
});

test.each([1, 2] as const)(
  'MQTT 5 says 0x87 to a publish with QoS %d, and the connection stays',
  async (qos) => {
    const client = await new RawClient(gateway.port, 5).connect('a', asDevice);
    client.send(publish(other, 1, { qos }));
    const cmd = qos === 1 ? 'puback' : 'pubrec';
    await vi.waitFor(() =>
      expect(client.packets.at(-1)).toMatchObject({ cmd, messageId: 1, reasonCode: 0x87 }),
    );
    client.send(publish(own, 2));
    await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'puback', messageId: 2 }));
    expect(topics()).toEqual([own]);
  },
);

test.each([1, 2] as const)(
  'MQTT 3.1.1 has no word for it: QoS %d ends the connection without an ack',
  async (qos) => {
    const client = await new RawClient(gateway.port, 4).connect('a', asDevice);
    client.send(publish(other, 1, { qos }));
    await client.ended();
    expect(client.commands()).toEqual(['connack']);
    expect(topics()).toEqual([]);
    expect(gateway.refused).toEqual([['not_authorised', qos]]);
  },
);

test.each(versions)('a will obeys the same rule, v%d', async (version) => {
  const willOf = (topic: string) => ({
    will: { topic, payload: Buffer.from('gone'), qos: 1, retain: false },
  });
  for (const topic of [own, other]) {
    const client = await new RawClient(gateway.port, version).connect('a', { ...asDevice, ...willOf(topic) });
    client.socket.destroy();
  }
  await vi.waitFor(() => expect(gateway.refused).toEqual([['not_authorised', 1]]));
  await vi.waitFor(() => expect(topics()).toEqual([own]));
});

test('a dashboard hears the site and publishes nothing', async () => {
  const board = await connect(gateway.port, {
    protocolVersion: 5,
    username: 'board',
    password: 'a secret of the board',
  });
  await board.subscribeAsync('aperto/1/via-rossini/#');
  await expect(board.subscribeAsync('aperto/1/+/+/+')).rejects.toThrow();
  await expect(board.publishAsync(own, 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 });
  expect(topics()).toEqual([]);
});

test('a network server speaks for the devices that its filters take', async () => {
  const bridge = await connect(gateway.port, {
    protocolVersion: 5,
    username: 'bridge',
    password: 'a secret of the bridge',
  });
  for (let device = 0; device < 3_000; device++)
    bridge.publish(`application/a/device/${device}/event/up`, 'x');
  await bridge.publishAsync('application/a/device/7/event/up', 'x', { qos: 1 });
  await expect(bridge.publishAsync('application/a/device/7/event/join', 'x', { qos: 1 })).rejects.toThrow();
  expect(new Set(topics()).size).toBe(3_000);
});

test('nobody takes the client id of another user, and everybody may take their own back', async () => {
  const first = await new RawClient(gateway.port, 5).connect('S07', asDevice);
  const thief = new RawClient(gateway.port, 5);
  await thief.connect('S07', { username: 'board', password: Buffer.from('a secret of the board') });
  expect(thief.packets).toMatchObject([{ cmd: 'connack', reasonCode: 0x85 }]);
  expect(first.closed).toBe(false);
  const again = await new RawClient(gateway.port, 5).connect('S07', asDevice);
  expect(again.packets).toMatchObject([{ cmd: 'connack', reasonCode: 0 }]);
  await first.ended();
});
