import { createHash } from 'node:crypto';
import type { PublishPacket } from 'aedes';
import fc from 'fast-check';
import { generate, type Packet, parser } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { PublishTap } from './publish-tap.ts';

const versions = [4, 5] as const;

const publishes = fc
  .record({
    topic: fc.constantFrom(
      'a/b',
      'aperto/1/via-rossini/seat/S07',
      '$SYS/x',
      'è',
      'a/+',
      'a/b/c/d/e/f',
      'x'.repeat(300),
    ),
    payload: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(9_000))),
    qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
    dup: fc.boolean(),
    retain: fc.boolean(),
    messageId: fc.integer({ min: 1, max: 65_535 }),
  })
  .map(
    ({ payload, qos, dup, ...rest }): Packet => ({
      cmd: 'publish',
      ...rest,
      qos,
      dup: dup && qos > 0,
      payload: Buffer.from(payload),
    }),
  );
const others = fc.constantFrom<Packet>(
  { cmd: 'pingreq' },
  { cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: '#', qos: 1 }] },
  { cmd: 'pubrel', messageId: 9 },
);

const essence = (packet: Packet | PublishPacket) =>
  packet.cmd === 'publish'
    ? [
        packet.topic,
        packet.qos,
        packet.dup,
        packet.retain,
        packet.qos === 0 ? undefined : packet.messageId,
        createHash('sha1').update(packet.payload).digest('hex'),
      ]
    : [packet.cmd];

const isPlain = (packet: Packet): boolean =>
  packet.cmd === 'publish' &&
  packet.qos < 2 &&
  packet.payload.length < 8_000 &&
  /^(?!\$)[ -~]+$/.test(packet.topic) &&
  !/[#+]/.test(packet.topic) &&
  packet.topic.split('/').length <= 5;

test.each(versions)('whatever the pieces, each packet goes one way, whole and in order, v%d', (version) => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 4, arbitrary: publishes }, others), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
      (sent, sizes) => {
        const bytes = Buffer.concat(sent.map((packet) => generate(packet, { protocolVersion: version })));
        const taken: PublishPacket[] = [];
        const left: Packet[] = [];
        const order: Packet[] = [];
        const tap = new PublishTap({
          topicLevelsMax: 5,
          onPublish: (packet) => {
            taken.push(packet);
            order.push(packet as Packet);
          },
        });
        tap.isMqtt5 = version === 5;
        const broker = parser({ protocolVersion: version });
        broker.on('packet', (packet) => {
          left.push(packet);
          order.push(packet);
        });
        for (let at = 0, piece = 0; at < bytes.length; piece++) {
          const size = sizes[piece % sizes.length] ?? 1;
          const rest = tap.take(bytes.subarray(at, at + size));
          if (rest !== null) broker.parse(rest);
          at += size;
        }
        expect(order.map(essence)).toEqual(sent.map(essence));
        expect(taken.every((packet) => isPlain(packet as Packet))).toBe(true);
      },
    ),
  );
});

test('a run of plain messages is taken as a whole, and leaves nothing for the broker', () => {
  const topics = ['a', 'a/b', 'a/b/c'];
  const taken: string[] = [];
  const tap = new PublishTap({ topicLevelsMax: 5, onPublish: ({ topic }) => taken.push(topic) });
  const packets = topics.map((topic) =>
    generate({ cmd: 'publish', topic, payload: '1', qos: 1, messageId: 1, dup: false, retain: false }),
  );
  expect(tap.take(Buffer.concat(packets))).toBeNull();
  expect(taken).toEqual(topics);
});

test.each([
  ['packet id 0', [0x32, 5, 0, 1, 0x61, 0, 0]],
  ['a topic longer than its packet', [0x32, 5, 0, 9, 0x61, 0, 1]],
  ['no topic', [0x30, 2, 0, 0]],
  ['DUP with QoS 0', [0x38, 3, 0, 1, 0x61]],
  ['QoS 3', [0x36, 5, 0, 1, 0x61, 0, 1]],
  ['a length of five bytes', [0x30, 0xff, 0xff, 0xff, 0xff, 0x01]],
  ['a body of one byte', [0x30, 1, 0]],
])('%s is for the broker to refuse', (_, bytes) => {
  const taken: PublishPacket[] = [];
  const tap = new PublishTap({ topicLevelsMax: 5, onPublish: (packet) => taken.push(packet) });
  expect(tap.take(Buffer.from(bytes))).toEqual(Buffer.from(bytes));
  expect(taken).toEqual([]);
});
