import mqtt from 'mqtt';
import { expect, test, vi } from 'vitest';
import { limits } from '../model/limits.ts';
import { brokerOf, connect, publish, RawClient } from '../test/support/gateway.ts';
import { Users } from './authenticate.ts';

const sharing = (password: string): Users => new Users({ clock: { now: () => 0 }, password });
const topic = 'aperto/1/via-rossini/seat/S07';
const versions = [4, 5] as const;

/** What a subscriber hears, as `topic payload retain`. */
const hear = async (port: number, filter: string, qos: 0 | 1 = 0): Promise<string[]> => {
  const client = await connect(port);
  const heard: string[] = [];
  client.on('message', (to, payload, packet) => heard.push(`${to} ${payload} ${packet.retain}`));
  await client.subscribeAsync(filter, { qos });
  return heard;
};

test('a live subscriber hears what was made durable, and nothing else', async () => {
  const { port } = await brokerOf({
    accept: ({ payload }) =>
      payload.length > 3
        ? Promise.reject(new Error('no room'))
        : Promise.resolve({ kind: 'accepted', points: 1 }),
  });
  const heard = await hear(port, 'aperto/1/+/seat/#', 1);
  const good = await connect(port);
  await good.publishAsync(topic, 'one', { qos: 1 });
  const bad = await new RawClient(port).connect('bad');
  bad.send(publish(topic, 1, { payload: Buffer.from('many') }));
  await bad.ended();
  await good.publishAsync(topic, 'two', { qos: 1 });
  await vi.waitFor(() => expect(heard).toEqual([`${topic} one false`, `${topic} two false`]));
});

test('a retained message is there for who comes later, until an empty one takes it away', async () => {
  const { port } = await brokerOf();
  const device = await connect(port);
  await device.publishAsync(topic, 'free', { qos: 1, retain: true });
  const heard = await hear(port, '#');
  await vi.waitFor(() => expect(heard).toEqual([`${topic} free true`]));
  await device.publishAsync(topic, '', { qos: 1, retain: true });
  const late = await hear(port, '#');
  await device.publishAsync('aperto/1/via-rossini/seat/S08', 'x', { qos: 1 });
  await vi.waitFor(() => expect(late).toEqual(['aperto/1/via-rossini/seat/S08 x false']));
});

test.each(versions)(
  'a client has so many subscriptions and no more, also all in one packet, v%d',
  async (version) => {
    const max = limits.subscriptionsPerClientMax;
    const filters = Array.from({ length: max + 10 }, (_, index) => ({
      topic: `t/${index}`,
      qos: 0 as const,
    }));
    for (const clean of [true, false]) {
      const { port } = await brokerOf();
      const properties = version === 5 && !clean ? { properties: { sessionExpiryInterval: 60 } } : {};
      const client = await new RawClient(port, version).connect('a', { clean, ...properties });
      client.send({ cmd: 'subscribe', messageId: 1, subscriptions: filters });
      await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('suback'));
      const suback = client.packets.at(-1);
      const granted = suback?.cmd === 'suback' ? suback.granted.map(Number) : [];
      expect(granted.filter((code) => code === 0)).toHaveLength(max);
      expect(granted.filter((code) => code >= 128)).toHaveLength(10);

      // Again the same one is no further one; one less makes room for one more.
      client.send({ cmd: 'subscribe', messageId: 2, subscriptions: [{ topic: 't/0', qos: 0 }] });
      client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['t/1'] });
      await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('unsuback'));
      client.send({ cmd: 'subscribe', messageId: 4, subscriptions: [{ topic: 'new/1', qos: 0 }] });
      client.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic: 'new/2', qos: 0 }] });
      await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'suback', messageId: 5 }));
      const codes = client.packets
        .slice(2)
        .flatMap((packet) => (packet.cmd === 'suback' ? packet.granted : []));
      expect(codes.map((code) => Number(code) < 128)).toEqual([true, true, false]);
    }
  },
);

test.each(versions)(
  'what is queued for a subscriber that is away is bounded and told, v%d',
  async (version) => {
    const { port, broker, warnings } = await brokerOf();
    const more = {
      clean: false,
      ...(version === 5 ? { properties: { sessionExpiryInterval: 3_600 } } : {}),
    };
    const first = await new RawClient(port, version).connect('board', more);
    first.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [
        { topic: 'aperto/#', qos: 1 },
        { topic: 'aperto/1/+/seat/+', qos: 0 },
      ],
    });
    await vi.waitFor(() => expect(first.packets.at(-1)).toMatchObject({ cmd: 'suback', granted: [1, 0] }));
    first.socket.destroy();
    await vi.waitFor(() => expect(broker.connections()).toBe(0));

    const device = await connect(port);
    const max = limits.sessionMessagesMax;
    const publishing = Array.from({ length: max + 50 }, (_, index) =>
      device.publishAsync(topic, String(index), { qos: 1 }),
    );
    await Promise.all(publishing);
    await device.publishAsync(topic, 'nobody keeps this', { qos: 0 });
    await vi.waitFor(() =>
      expect(broker.limited()).toMatchObject([{ client: 'board', offence: 'session_queue', times: 50 }]),
    );
    expect(warnings).toEqual([expect.stringContaining('was away for too long')]);

    const again = await new RawClient(port, version).connect('board', more);
    await vi.waitFor(() => expect(again.packets).toHaveLength(max + 1));
    const heard = again.packets.flatMap((packet) =>
      packet.cmd === 'publish' ? [packet.payload.toString()] : [],
    );
    expect(heard).toEqual(Array.from({ length: max }, (_, index) => String(index)));
    await device.publishAsync(topic, 'now', { qos: 0 });
    await vi.waitFor(() => expect(again.packets.at(-1)).toMatchObject({ payload: Buffer.from('now') }));
  },
);

test('what follows CONNECT in the same breath waits until it was answered', async () => {
  const { port, accepted } = await brokerOf();
  const client = new RawClient(port);
  // aedes by itself takes 42 packets and then ends the connection.
  client.send(
    { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: false, clientId: 'a', keepalive: 0 },
    { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'none', qos: 1 }] },
    ...Array.from({ length: 200 }, (_, index) => publish(topic, index + 1)),
  );
  await vi.waitFor(() => expect(client.packets).toHaveLength(202));
  expect(client.packets[0]).toMatchObject({ cmd: 'connack' });
  expect(client.packets.find(({ cmd }) => cmd === 'suback')).toMatchObject({ granted: [1] });
  expect(accepted).toHaveLength(200);
});

test('a wrong password is refused, the right one is taken', async () => {
  const { port, accepted } = await brokerOf({ users: sharing('correct horse battery') });
  const attempt = (options: object) =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, username: 'x', ...options });
  for (const protocolVersion of versions) {
    const refused = { code: protocolVersion === 5 ? 0x87 : 5 };
    for (const password of ['wrong', '', 'correct horse battery ']) {
      await expect(attempt({ protocolVersion, password })).rejects.toMatchObject(refused);
    }
    await expect(attempt({ protocolVersion, username: undefined })).rejects.toMatchObject(refused);
    const client = await connect(port, { protocolVersion, username: 'x', password: 'correct horse battery' });
    await client.publishAsync(topic, 'x', { qos: 1 });
  }
  expect(accepted).toHaveLength(2);
});

test('a refused client never publishes', async () => {
  const { port, accepted } = await brokerOf({ users: sharing('correct horse battery') });
  const client = new RawClient(port);
  client.send(
    { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'a', keepalive: 0 },
    publish(topic, 1),
  );
  await client.ended();
  expect(client.packets).toMatchObject([{ cmd: 'connack', returnCode: 5 }]);
  expect(accepted).toEqual([]);
});

test.each(versions)('a client id beyond the limit is refused, v%d', async (version) => {
  const { port, broker } = await brokerOf();
  const clientOf = (length: number) => {
    const client = new RawClient(port, version);
    client.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: version,
      clean: true,
      clientId: 'x'.repeat(length),
      keepalive: 0,
    });
    return client;
  };
  const long = clientOf(limits.clientIdLengthMax + 1);
  await long.ended();
  expect(long.packets).toMatchObject([
    version === 5 ? { cmd: 'connack', reasonCode: 0x85 } : { cmd: 'connack', returnCode: 2 },
  ]);
  const fitting = clientOf(limits.clientIdLengthMax);
  await vi.waitFor(() => expect(fitting.commands()).toEqual(['connack']));
  expect(broker.connections()).toBe(1);
});

test('a second client of the same name takes the place of the first', async () => {
  const { port, broker } = await brokerOf();
  const first = await new RawClient(port, 5).connect('S07');
  await new RawClient(port, 5).connect('S07');
  await first.ended();
  expect(first.packets.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8e });
  await vi.waitFor(() => expect(broker.connections()).toBe(1));
});
