import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { Frames } from './frames.ts';

const weights = [0, 1, 0, 10, 0, 0, 0, 0, 100, 0, 0, 0, 1_000, 0, 0, 0];
const publish = (bytes: number): Packet => ({
  cmd: 'publish',
  topic: 'a',
  payload: Buffer.alloc(bytes, 0x30),
  qos: 0,
  dup: false,
  retain: false,
});
const ping: Packet = { cmd: 'pingreq' };
const subscribe: Packet = { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 0 }] };

test('whatever the pieces that a stream comes in, its packets are counted once', () => {
  const packets = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 20_000 }).map(publish), fc.constantFrom<Packet[]>(ping, subscribe)),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(packets, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (sent, sizes) => {
      const bytes = Buffer.concat(sent.map((packet) => generate(packet)));
      const frames = new Frames(weights);
      const sum = { completed: 0, publishes: 0, weight: 0 };
      for (let at = 0, piece = 0; at < bytes.length; piece++) {
        const size = sizes[piece % sizes.length] ?? 1;
        const found = frames.scan(bytes.subarray(at, at + size));
        sum.completed += found.completed;
        sum.publishes += found.publishes;
        sum.weight += found.weight;
        at += size;
      }
      const of = (cmd: string): number => sent.filter((packet) => packet.cmd === cmd).length;
      expect(sum).toEqual({
        completed: sent.length,
        publishes: of('publish'),
        weight: 10 * of('publish') + 100 * of('subscribe') + 1_000 * of('pingreq'),
      });
      expect([frames.isOpen, frames.missing, frames.held]).toEqual([false, 0, 0]);
    }),
  );
});

test('a packet is announced before its body is there', () => {
  const frames = new Frames(weights);
  const bytes = generate(publish(100_000));
  frames.scan(bytes.subarray(0, 3));
  expect([frames.isOpen, frames.held, frames.missing]).toEqual([true, 3, 0]);
  frames.scan(bytes.subarray(3, 4));
  expect([frames.held, frames.missing]).toEqual([0, 100_003]);
  frames.scan(bytes.subarray(4, 1_004));
  expect([frames.held, frames.missing]).toEqual([1_000, 99_003]);
});

test('it stops behind so many publishes, and goes on there', () => {
  const one = generate(publish(10));
  const frames = new Frames(weights);
  const bytes = Buffer.concat([generate(ping), one, one, one, one]);
  const first = frames.scan(bytes, 2);
  expect(first).toEqual({ bytes: 2 + 2 * one.length, completed: 3, publishes: 2, weight: 1_020 });
  expect(frames.scan(bytes.subarray(first.bytes), 9)).toMatchObject({ bytes: 2 * one.length, publishes: 2 });
});

test('the longest length that can be written is read, and one of five bytes ends', () => {
  const frames = new Frames(weights);
  frames.scan(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
  expect(frames.missing).toBe(268_435_455);
  const odd = new Frames(weights);
  expect(odd.scan(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff])).publishes).toBe(1);
});
