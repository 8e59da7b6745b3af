import { expect, test, vi } from 'vitest';
import type { Message, Outcome } from '../ingest/message.ts';
import { ApertoError } from '../model/errors.ts';
import { createGate } from '../test/support/gate.ts';
import { brokerOf, connect, publish, RawClient } from '../test/support/gateway.ts';

const topic = 'aperto/1/via-rossini/seat/S07';
const accepted: Outcome = { kind: 'accepted', points: 1 };
const full = (): Promise<never> =>
  Promise.reject(new ApertoError('spool_full', 'the spool or its disk is full', { retry: true }));
const versions = [4, 5] as const;

/** All that the broker has sent so far: it has answered a PINGREQ that came after. */
const pinged = async (client: RawClient): Promise<string[]> => {
  const before = client.commands().filter((cmd) => cmd === 'pingresp').length;
  client.send({ cmd: 'pingreq' });
  await vi.waitFor(() =>
    expect(client.commands().filter((cmd) => cmd === 'pingresp')).toHaveLength(before + 1),
  );
  return client.commands().filter((cmd) => cmd !== 'pingresp');
};

test.each(versions)('PUBACK waits until the message is durable, v%d', async (version) => {
  const gate = createGate();
  const { port, accepted: came } = await brokerOf({ accept: () => gate.passed.then(() => accepted) });
  const client = await new RawClient(port, version).connect('S07');
  client.send(publish(topic, 41));
  await vi.waitFor(() => expect(came).toHaveLength(1));
  expect(await pinged(client)).toEqual(['connack']);
  gate.open();
  await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'puback', messageId: 41 }));
});

test.each(versions)('PUBREC of QoS 2 waits as well, and the exchange ends, v%d', async (version) => {
  const gate = createGate();
  const { port, accepted: came } = await brokerOf({ accept: () => gate.passed.then(() => accepted) });
  const client = await new RawClient(port, version).connect('S07');
  client.send(publish(topic, 42, { qos: 2 }));
  await vi.waitFor(() => expect(came).toMatchObject([{ qos: 2, messageId: 42 }]));
  expect(await pinged(client)).toEqual(['connack']);
  gate.open();
  await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'pubrec', messageId: 42 }));
  client.send({ cmd: 'pubrel', messageId: 42 });
  await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'pubcomp', messageId: 42 }));
});

test('a message comes to accept as the device sent it', async () => {
  const { port, accepted: came } = await brokerOf();
  const client = await connect(port, { clientId: 'seat-07' });
  await client.publishAsync(topic, '{"occupied":true}', { qos: 1, retain: true });
  await client.publishAsync(topic, '', { qos: 0 });
  await vi.waitFor(() => expect(came).toHaveLength(2));
  const [first, second] = came.map(({ payload, ...rest }) => ({
    ...rest,
    text: Buffer.from(payload).toString(),
  }));
  expect(first).toEqual({
    topic,
    text: '{"occupied":true}',
    qos: 1,
    receivedAt: 1_782_201_600_000,
    origin: 'seat-07',
    messageId: expect.any(Number),
    resent: false,
  });
  expect(second).toMatchObject({ text: '', qos: 0 });
});

test('a packet that the device sends again is marked as resent', async () => {
  const { port, accepted: came } = await brokerOf();
  const client = await new RawClient(port).connect('S07');
  client.send(publish(topic, 5), publish(topic, 5, { dup: true }));
  await vi.waitFor(() =>
    expect(came.map(({ messageId, resent }) => [messageId, resent])).toEqual([
      [5, false],
      [5, true],
    ]),
  );
});

test('acks come in the order of arrival', async () => {
  const { port } = await brokerOf();
  const client = await new RawClient(port).connect('S07');
  const ids = Array.from({ length: 500 }, (_, index) => index + 1);
  client.send(...ids.map((id) => publish(topic, id)));
  await vi.waitFor(() => expect(client.packets).toHaveLength(501));
  expect(client.packets.slice(1).map(({ messageId }) => messageId)).toEqual(ids);
});

test('many wait for one commit: a client may have more than one message on its way', async () => {
  const gate = createGate();
  const { port, accepted: came } = await brokerOf({ accept: () => gate.passed.then(() => accepted) });
  const client = await new RawClient(port).connect('S07');
  client.send(...Array.from({ length: 40 }, (_, index) => publish(topic, index + 1)));
  await vi.waitFor(() => expect(came).toHaveLength(40));
  expect(client.commands()).toEqual(['connack']);
  gate.open();
  await vi.waitFor(() => expect(client.commands().filter((cmd) => cmd === 'puback')).toHaveLength(40));
});

test('where a message cannot be made durable, 3.1.1 is cut off without an ack', async () => {
  const { port, warnings } = await brokerOf({ accept: full });
  const client = await new RawClient(port).connect('S07');
  client.send(publish(topic, 1), publish(topic, 2), publish(topic, 3));
  await client.ended();
  expect(client.commands()).toEqual(['connack']);
  expect(warnings[0]).toContain('the spool or its disk is full');
});

test('where a message cannot be made durable, 5 is told so by DISCONNECT 0x97, and nothing is acked', async () => {
  const { port, warnings } = await brokerOf({ accept: full });
  const client = await new RawClient(port, 5).connect('S07');
  client.send(
    publish(topic, 1),
    publish(topic, 2),
    publish(topic, 3, { qos: 2 }),
    publish(topic, 4, { qos: 0 }),
  );
  await client.ended();
  expect(client.commands()).toEqual(['connack', 'disconnect']);
  expect(client.packets.at(-1)).toMatchObject({ reasonCode: 0x97 });
  await vi.waitFor(() => expect(warnings.join()).toContain('the spool or its disk is full'));
});

test.each(versions)(
  'what was acked before a refusal stays acked, and nothing after it is, v%d',
  async (version) => {
    let count = 0;
    const { port } = await brokerOf({ accept: () => (++count > 3 ? full() : Promise.resolve(accepted)) });
    const client = await new RawClient(port, version).connect('S07');
    client.send(...[1, 2, 3, 4, 5, 6].map((id) => publish(topic, id)));
    await client.ended();
    const acks = client.packets.filter(({ cmd }) => cmd === 'puback').map(({ messageId }) => messageId);
    expect(acks).toEqual([1, 2, 3].slice(0, acks.length));
  },
);

test('a device that was cut off comes back and its message is acked', async () => {
  let refusals = 1;
  const { port, accepted: came } = await brokerOf({
    accept: () => (refusals-- > 0 ? full() : Promise.resolve(accepted)),
  });
  const client = await connect(port, { clientId: 'S07', clean: false, reconnectPeriod: 20 });
  await client.publishAsync(topic, '{"occupied":true}', { qos: 1 });
  expect(came).toHaveLength(2);
  expect(came[1]?.messageId).toBe(came[0]?.messageId);
});

test('a poison message is acked, or it would be sent for ever', async () => {
  const outcomes: Outcome[] = [
    { kind: 'quarantined', reason: 'not_json' },
    { kind: 'duplicate' },
    { kind: 'refused', reason: 'unknown_topic' },
  ];
  for (const outcome of outcomes) {
    const { port } = await brokerOf({ accept: () => Promise.resolve(outcome) });
    const client = await new RawClient(port).connect('S07');
    client.send(publish(topic, 9));
    await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'puback', messageId: 9 }));
  }
});

test('an accept that ends after its client is gone troubles nobody', async () => {
  const gate = createGate();
  const { port, accepted: came, broker } = await brokerOf({ accept: () => gate.passed.then(() => accepted) });
  const client = await new RawClient(port, 5).connect('S07');
  client.send(publish(topic, 1), publish(topic, 2, { qos: 2 }));
  await vi.waitFor(() => expect(came).toHaveLength(2));
  client.socket.destroy();
  await vi.waitFor(() => expect(broker.connections()).toBe(0));
  gate.open();
  const other = await new RawClient(port).connect('S08');
  other.send(publish(topic, 3));
  await vi.waitFor(() => expect(other.commands()).toContain('puback'));
});

test.each(versions)('the will of a device that was cut off comes through accept, v%d', async (version) => {
  const came: Message[] = [];
  const { port, refused } = await brokerOf({
    accept: (message) => {
      came.push(message);
      return Promise.resolve(accepted);
    },
  });
  const status = 'aperto/1/via-rossini/status/S07';
  const willOf = (to: string) => ({
    will: { topic: to, payload: Buffer.from('{"online":false}'), qos: 1, retain: false },
  });
  const client = await new RawClient(port, version).connect('S07', willOf(status));
  client.socket.destroy();
  await vi.waitFor(() => expect(came).toHaveLength(1));
  expect(came[0]).toMatchObject({ topic: status, qos: 1, origin: 'S07' });

  const bad = await new RawClient(port, version).connect('S08', willOf('aperto/+/x'));
  bad.socket.destroy();
  await vi.waitFor(() => expect(refused).toEqual([['malformed_topic', 1]]));
});

test.each(versions)('a will that cannot be made durable leaves nothing behind, v%d', async (version) => {
  const { port, accepted: came, broker } = await brokerOf({ accept: full });
  const will = { topic: 'aperto/1/via-rossini/status/S07', payload: Buffer.from('x'), qos: 1, retain: false };
  const client = await new RawClient(port, version).connect('S07', { will });
  client.socket.destroy();
  await vi.waitFor(() => expect(came).toHaveLength(1));
  await vi.waitFor(() => expect(broker.connections()).toBe(0));
});
