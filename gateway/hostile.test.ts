import { expect, test, vi } from 'vitest';
import { limits } from '../model/limits.ts';
import { brokerOf, publish, RawClient } from '../test/support/gateway.ts';

/** The broker still serves others. */
const stillServes = async (port: number): Promise<void> => {
  const client = await new RawClient(port).connect('somebody-else');
  client.send(publish('aperto/1/via-rossini/seat/S01', 7));
  await vi.waitFor(() => expect(client.commands()).toContain('puback'));
  client.socket.destroy();
};

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
  'a client that calls itself %s stops nobody',
  async (clientId) => {
    for (const version of [4, 5] as const) {
      const { port } = await brokerOf();
      const client = new RawClient(port, version);
      client.send({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: version,
        clean: true,
        clientId,
        keepalive: 0,
      });
      await vi.waitFor(() => expect(client.closed || client.packets.length > 0).toBe(true));
      await stillServes(port);
    }
  },
);

test.each(['__proto__', 'constructor', 'toString'])('a subscription to %s stops nobody', async (topic) => {
  for (const version of [4, 5] as const) {
    const { port } = await brokerOf();
    for (const others of [[], [{ topic: 'a', qos: 0 as const }]]) {
      const client = await new RawClient(port, version).connect('a');
      client.send({ cmd: 'unsubscribe', messageId: 1, unsubscriptions: [topic] });
      client.send({ cmd: 'subscribe', messageId: 2, subscriptions: [{ topic, qos: 1 }, ...others] });
      client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: [topic, 'a'] });
      await vi.waitFor(() => expect(client.closed || client.packets.at(-1)?.messageId === 3).toBe(true));
      await stillServes(port);
    }
  }
});

test('a PUBREL that is sent twice stops nobody', async () => {
  const { port } = await brokerOf();
  const client = await new RawClient(port).connect('a');
  client.send(publish('aperto/1/via-rossini/seat/S01', 3, { qos: 2 }));
  await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('pubrec'));
  client.send(
    { cmd: 'pubrel', messageId: 3 },
    { cmd: 'pubrel', messageId: 3 },
    { cmd: 'pubrel', messageId: 4 },
  );
  await vi.waitFor(() => expect(client.commands().filter((cmd) => cmd === 'pubcomp')).toHaveLength(3));
  await stillServes(port);
});

test.each([4, 5] as const)('a packet over the limit is refused from its header, v%d', async (version) => {
  const { port, refused, accepted } = await brokerOf();
  const client = await new RawClient(port, version).connect('a');
  // PUBLISH of 256 MB announced, nothing more sent.
  client.socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]));
  await client.ended();
  expect(refused).toEqual([['packet_too_large', 1]]);
  expect(accepted).toEqual([]);
  if (version === 5) expect(client.packets.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x95 });
  await stillServes(port);
});

test('a packet over the limit before CONNECT is refused too', async () => {
  const { port } = await brokerOf();
  const client = new RawClient(port);
  client.socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  await client.ended();
  await stillServes(port);
});

test('a packet of exactly the limit is taken', async () => {
  const { port, accepted } = await brokerOf();
  const client = await new RawClient(port).connect('a');
  const topic = 'aperto/1/via-rossini/seat/S01';
  // Fixed header 1 + length 3, topic length 2, packet id 2.
  const payload = Buffer.alloc(limits.packetBytesMax - 4 - 2 - topic.length - 2, 'x');
  client.send(publish(topic, 1, { payload }));
  await vi.waitFor(() => expect(client.commands()).toContain('puback'));
  expect(accepted[0]?.payload).toHaveLength(payload.length);
  client.send(publish(topic, 2, { payload: Buffer.concat([payload, Buffer.from('x')]) }));
  await client.ended();
  expect(accepted).toHaveLength(1);
});

test.each([
  ['a topic of the broker', '$SYS/aperto/heartbeat', 'reserved_topic'],
  ['a shared subscription for a topic', '$share/g/t', 'reserved_topic'],
  ['a NUL in the topic', 'aperto/1/a\u0000b', 'malformed_topic'],
  ['a topic of more than 256 bytes', `aperto/1/${'x'.repeat(250)}`, 'topic_too_long'],
  ['a topic of more than 256 bytes in fewer characters', `aperto/${'è'.repeat(130)}`, 'topic_too_long'],
])('%s is refused and the connection ends, unacked', async (_, topic, reason) => {
  for (const version of [4, 5] as const) {
    const { port, refused, accepted } = await brokerOf();
    const client = await new RawClient(port, version).connect('a');
    client.send(publish(topic, 1, { qos: 2 }));
    await client.ended();
    expect(refused).toEqual([[reason, 2]]);
    expect(accepted).toEqual([]);
    expect(client.commands()).toEqual(version === 5 ? ['connack', 'disconnect'] : ['connack']);
    if (version === 5) expect(client.packets.at(-1)).toMatchObject({ reasonCode: 0x90 });
  }
});

/** PUBLISH QoS 1 with a topic of raw bytes. */
const rawPublish = (topic: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0x32, 2 + topic.length + 2 + 1, 0, topic.length]),
    topic,
    Buffer.from([0, 1, 0x78]),
  ]);

test('a topic of bytes that are no UTF-8 is refused', async () => {
  const { port, refused, accepted } = await brokerOf();
  const client = await new RawClient(port).connect('a');
  client.socket.write(rawPublish(Buffer.from([0x61, 0xff, 0x62])));
  await client.ended();
  expect(refused).toEqual([['malformed_topic', 1]]);
  expect(accepted).toEqual([]);
});

test.each(['aperto/+/x', 'aperto/#', '#', '+'])(
  'a publish to the filter %s is refused and counted',
  async (filter) => {
    const { port, refused, accepted } = await brokerOf();
    const client = await new RawClient(port).connect('a');
    client.socket.write(rawPublish(Buffer.from(filter)));
    await client.ended();
    expect(refused).toEqual([['malformed_topic', 1]]);
    expect(accepted).toEqual([]);
  },
);

test('bytes that are no MQTT end their own connection', async () => {
  const { port } = await brokerOf();
  for (const bytes of ['GET / HTTP/1.1\r\n\r\n', '\u0000'.repeat(100), '\u00f0\u00ff'.repeat(50)]) {
    const client = new RawClient(port);
    client.socket.write(Buffer.from(bytes, 'latin1'));
    await client.ended();
  }
  await stillServes(port);
});

test('a client that sends before it connects is turned away', async () => {
  const { port, accepted } = await brokerOf();
  const client = new RawClient(port);
  client.send(publish('aperto/1/via-rossini/seat/S01', 1));
  await client.ended();
  expect(accepted).toEqual([]);
});
