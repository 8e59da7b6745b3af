import { expect, test } from 'vitest';
import { type Holder, PartialPackets } from './partial-packets.ts';

const holderOf = (ended: string[], name: string): Holder => ({
  end: (reason) => ended.push(`${name}: ${reason}`),
});

test('the one that began first goes when there are too many bytes', () => {
  const ended: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => holderOf(ended, name));
  const partial = new PartialPackets(100, 1_000);
  if (a === undefined || b === undefined || c === undefined) throw new Error('three holders');
  partial.hold(a, 60, 0);
  partial.hold(b, 30, 1);
  partial.hold(b, 40, 2);
  expect([partial.bytes, ended]).toEqual([100, []]);
  partial.hold(c, 1, 3);
  expect([partial.bytes, ended]).toEqual([41, ['a: too many packets are not complete']]);
  partial.complete(b);
  partial.complete(b);
  expect(partial.bytes).toBe(1);
});

test('a packet has so long from its first byte, whatever comes of it meanwhile', () => {
  const ended: string[] = [];
  const partial = new PartialPackets(1e6, 1_000);
  const slow = holderOf(ended, 'slow');
  const good = holderOf(ended, 'good');
  partial.hold(slow, 1, 0);
  partial.hold(good, 1, 0);
  for (let now = 100; now < 1_000; now += 100) {
    partial.hold(slow, now / 100, now);
    partial.complete(good);
    partial.hold(good, 1, now);
    partial.sweep(now);
  }
  expect(ended).toEqual([]);
  partial.sweep(1_000);
  expect([ended, partial.bytes]).toEqual([['slow: a packet did not arrive in time'], 1]);
});
