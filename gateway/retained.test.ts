import type { AedesOptions } from 'aedes';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../model/limits.ts';
import { acceptPublish } from './accept.ts';
import { RetainedBudget } from './retained.ts';

type PublishPacket = Parameters<NonNullable<AedesOptions['authorizePublish']>>[1];

test('a topic counts once, by its latest message', () => {
  const budget = new RetainedBudget(1_000);
  expect(budget.admit('t', 900)).toBe(true);
  expect(budget.admit('t', 950)).toBe(true);
  expect(budget.admit('u', 100)).toBe(false);
  expect(budget.admit('t', 100)).toBe(true);
  expect(budget.admit('u', 100)).toBe(true);
});

test('an empty message makes room', () => {
  const budget = new RetainedBudget(1_000);
  expect(budget.admit('t', 990)).toBe(true);
  expect(budget.admit('t', 0)).toBe(true);
  expect(budget.admit('u', 990)).toBe(true);
  expect(budget.admit('never-there', 0)).toBe(true);
});

test('many topics without a payload to speak of are bounded too', () => {
  const budget = new RetainedBudget(10_000);
  const kept = Array.from({ length: 1_000 }, (_, index) => budget.admit(`topic/${index}`, 1));
  expect(kept.filter(Boolean).length).toBeLessThan(700);
  expect(kept.filter(Boolean).length).toBeGreaterThan(300);
});

test('whatever comes, what is kept stays within the budget', () => {
  const step = fc.record({
    topic: fc.constantFrom('a', 'bb', 'ccc'),
    bytes: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const budget = new RetainedBudget(100);
      const kept = new Map<string, number>();
      for (const { topic, bytes } of steps) {
        if (budget.admit(topic, bytes)) kept.set(topic, bytes);
        expect([...kept.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100);
      }
    }),
  );
});

test('what is over the budget goes on to those who listen, as a message that nobody keeps', async () => {
  const accepted = { kind: 'accepted', points: 1 } as const;
  const hook = acceptPublish({
    accept: () => Promise.resolve(accepted),
    refuse: () => undefined,
    clock: { now: () => 0 },
  });
  const payload = Buffer.alloc(limits.packetBytesMax);
  const publish = async (topic: string): Promise<boolean> => {
    const packet: PublishPacket = { cmd: 'publish', topic, payload, qos: 1, dup: false, retain: true };
    const error = await new Promise((resolve) => hook(null, packet, resolve));
    expect(error).toBe(null);
    return packet.retain;
  };
  const kept = await Promise.all(Array.from({ length: 200 }, (_, index) => publish(`t/${index}`)));
  expect(kept.filter(Boolean)).toHaveLength(Math.floor(limits.retainedBytesMax / (payload.length + 10)));
  expect(kept.at(-1)).toBe(false);
});
