import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Publication, sizeOf } from './packet.ts';
import { Retained } from './retained.ts';

const message = (topic: string, bytes: number): Publication => ({
  cmd: 'publish',
  topic,
  payload: Buffer.alloc(bytes, 'x'),
  qos: 1,
  dup: false,
  retain: true,
});

test('a topic counts once, by its latest message, and an empty one takes it away', () => {
  const retained = new Retained({ messagesMax: 10, bytesMax: 3_000 });
  expect(retained.store(message('t', 1_500))).toBe(true);
  expect(retained.store(message('t', 1_600))).toBe(true);
  expect(retained.store(message('u', 100))).toBe(false);
  expect(retained.store(message('t', 100))).toBe(true);
  expect(retained.store(message('u', 100))).toBe(true);
  expect([...retained.find(['#'])].map(({ payload }) => payload.length)).toEqual([100, 100]);
  expect(retained.store(message('t', 0))).toBe(true);
  expect(retained.store(message('u', 0))).toBe(true);
  expect(retained.store(message('never there', 0))).toBe(true);
  expect([retained.messages, retained.bytes]).toEqual([0, 0]);
});

test('their number is bounded as well; what is there may change', () => {
  const retained = new Retained({ messagesMax: 3, bytesMax: 1e9 });
  const kept = ['a', 'b', 'c', 'd', 'a'].map((topic) => retained.store(message(topic, 1)));
  expect(kept).toEqual([true, true, true, false, true]);
});

test('properties of MQTT 5 cost what they hold', () => {
  const retained = new Retained({ messagesMax: 10, bytesMax: 50_000 });
  const properties = { userProperties: { a: 'x'.repeat(60_000) } };
  expect(retained.store({ ...message('t', 1), properties })).toBe(false);
});

test('a payload keeps nothing of what came in with it', () => {
  const retained = new Retained({ messagesMax: 10, bytesMax: 50_000 });
  const segment = Buffer.alloc(65_536, 'y');
  retained.store({ ...message('t', 0), payload: segment.subarray(100, 110) });
  const [kept] = [...retained.find(['t'])];
  const payload = kept?.payload ?? '';
  expect(payload.toString()).toBe('yyyyyyyyyy');
  expect(Buffer.isBuffer(payload) ? payload.buffer.byteLength : 0).toBe(10);
});

test('whatever comes, what is kept stays within the bounds and is the latest', () => {
  const step = fc.record({ topic: fc.constantFrom('a', 'bb', 'ccc', 'd'), bytes: fc.nat(1_500) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const retained = new Retained({ messagesMax: 3, bytesMax: 4_000 });
      const kept = new Map<string, number>();
      for (const { topic, bytes } of steps) {
        if (!retained.store(message(topic, bytes))) continue;
        if (bytes === 0) kept.delete(topic);
        else kept.set(topic, bytes);
        const sizes = [...kept].map(([each, size]) => sizeOf(message(each, size)));
        const sum = sizes.reduce((all, size) => all + size, 0);
        expect([retained.messages, retained.bytes]).toEqual([kept.size, sum]);
        expect(sum).toBeLessThanOrEqual(4_000);
        expect(kept.size).toBeLessThanOrEqual(3);
      }
    }),
  );
});
