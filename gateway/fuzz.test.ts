import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test, vi } from 'vitest';
import { brokerOf, publish, RawClient } from '../test/support/gateway.ts';

const names = [
  'a',
  'aperto/1/s/seat/S1',
  '__proto__',
  'constructor',
  '$SYS/x',
  '$share/g/a',
  '#',
  '+/a',
  'a//b',
  '/',
  '',
];
const topic = fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 20 }));
const qos = fc.constantFrom(0 as const, 1 as const, 2 as const);
const messageId = fc.integer({ min: 1, max: 5 });
const payload = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));

const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({
    cmd: fc.constant('publish' as const),
    topic,
    payload,
    qos,
    messageId,
    dup: fc.boolean(),
    retain: fc.boolean(),
  }),
  fc.record({
    cmd: fc.constant('subscribe' as const),
    messageId,
    subscriptions: fc.array(fc.record({ topic, qos }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    cmd: fc.constant('unsubscribe' as const),
    messageId,
    unsubscriptions: fc.array(topic, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ cmd: fc.constantFrom('puback', 'pubrec', 'pubrel', 'pubcomp'), messageId }),
  fc.constantFrom<Packet>({ cmd: 'pingreq' }, { cmd: 'disconnect' }),
);

/** The bytes of a packet, now and then with some of them changed. Nothing where the generator refuses it. */
const bytesOf = (each: Packet, protocolVersion: 4 | 5, changes: readonly [number, number][]): Buffer => {
  try {
    const bytes = generate(each, { protocolVersion });
    for (const [place, value] of changes) bytes[place % bytes.length] = value;
    return bytes;
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return Buffer.alloc(0);
  }
};

const changes = fc.oneof(
  { weight: 3, arbitrary: fc.constant<[number, number][]>([]) },
  { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(40), fc.nat(255)), { maxLength: 3 }) },
);

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 2 });

test('whatever clients send, the broker serves the next one', async () => {
  let count = 0;
  const { port, accepted } = await brokerOf({
    accept: ({ payload: bytes }) =>
      bytes[0] === 7 ? Promise.reject(new Error('full')) : Promise.resolve({ kind: 'accepted', points: 1 }),
  });
  const session = fc.record({
    version: fc.constantFrom(4 as const, 5 as const),
    clientId: fc.oneof(
      fc.constantFrom('a', 'b', '__proto__', 'constructor', ''),
      fc.string({ maxLength: 8 }),
    ),
    clean: fc.boolean(),
    packets: fc.array(fc.tuple(packet, changes), { maxLength: 12 }),
    connectFirst: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(session, async ({ version, clientId, clean, packets, connectFirst }) => {
      const client = new RawClient(port, version);
      const connect: Packet = {
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: version,
        // The generator refuses an empty id of a session that stays.
        clean: clean || clientId === '',
        clientId,
        keepalive: 0,
      };
      client.socket.write(connectFirst ? bytesOf(connect, version, []) : '');
      if (connectFirst) await soon(() => expect(client.closed || client.packets.length > 0).toBe(true));
      const rest = packets.map(([each, odd]) => bytesOf(each, version, odd));
      client.socket.write(Buffer.concat([...rest, bytesOf({ cmd: 'pingreq' }, version, [])]));
      // A packet that was cut leaves the parser waiting for more of it: then there is nothing to wait for.
      client.socket.end();
      await client.ended();

      const next = await new RawClient(port).connect(`next-${++count}`);
      next.send(publish('aperto/1/s/seat/S1', 1));
      await soon(() => expect(next.commands()).toContain('puback'));
      next.socket.destroy();
    }),
    { numRuns: 250, endOnFailure: true },
  );
  expect(accepted.length).toBeGreaterThan(255);
});
