import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ApertoError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import type { WriteResult } from '../store/store.ts';
import { ScriptedStore } from '../test/support/scripted-store.ts';
import { pointOf, range } from '../test/support/spool.ts';
import { deliver, type Retry, toQuarantined } from './delivery.ts';
import type { StoredMessage } from './spool/body.ts';

const once: Retry = (work) => work();
const message = (...times: readonly number[]): StoredMessage => ({
  points: times.map((time) => pointOf(time)),
});
const messages = (count: number): StoredMessage[] => range(0, count).map((time) => message(time));
const never = (): ApertoError => new ApertoError('store_rejected', 'type conflict');

/** A store that refuses a whole batch for one bad point in it. */
class Strict extends ScriptedStore {
  readonly #bad: ReadonlySet<number>;

  constructor(bad: Iterable<number>) {
    super();
    this.#bad = new Set(bad);
  }

  override write(points: readonly Point[]): Promise<WriteResult> {
    return points.some(({ time }) => this.#bad.has(time)) ? Promise.reject(never()) : super.write(points);
  }
}

test('a point that is rejected takes its message along, and no other', async () => {
  const store = new ScriptedStore((points) => ({
    stored: points.length - 2,
    rejected: [
      { index: 2, reason: 'out of range' },
      { index: 5, reason: 'too old' },
    ],
  }));
  const all = [message(0), message(1, 2, 3), message(), message(4), message(5)];
  expect(await deliver(store, all, once)).toEqual([
    { message: all[1], reason: 'out of range' },
    { message: all[4], reason: 'too old' },
  ]);
});

test('a batch that is refused as a whole is halved down to the messages at fault', async () => {
  const all = messages(100);
  const store = new Strict([17, 63]);
  const refused = await deliver(store, all, once);
  expect(refused).toEqual([
    { message: all[17], reason: 'type conflict' },
    { message: all[63], reason: 'type conflict' },
  ]);
  expect(store.times).toEqual(range(0, 100).filter((time) => time !== 17 && time !== 63));
});

test('whatever is at fault, the rest is written once and in order', async () => {
  const faults = fc.uniqueArray(fc.integer({ min: 0, max: 29 }));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), faults, async (count, bad) => {
      const store = new Strict(bad);
      const refused = await deliver(store, messages(count), once);
      const expected = bad.filter((time) => time < count).sort((a, b) => a - b);
      expect(refused?.map((refusal) => refusal.message.points[0]?.time)).toEqual(expected);
      expect(store.writes.flat()).toEqual(range(0, count).filter((time) => !expected.includes(time)));
    }),
  );
});

test('one write has no more points than the limit, unless one message has', async () => {
  const store = new ScriptedStore();
  const max = limits.storeBatchPointsMax;
  await deliver(store, [...messages(max + 1), message(...range(0, max + 7))], once);
  expect(store.writes.map((times) => times.length).sort((a, b) => b - a)[0]).toBe(max + 7);
  expect(store.writes.filter((times) => times.length > max)).toHaveLength(1);
  expect(store.writes.flat()).toHaveLength(2 * max + 8);
});

test('nothing is written for messages without points', async () => {
  const store = new ScriptedStore();
  expect(await deliver(store, [message(), message()], once)).toEqual([]);
  expect(await deliver(store, [], once)).toEqual([]);
  expect(store.writes).toEqual([]);
});

test('where the retry gives up halfway, nothing is said to be delivered', async () => {
  let tries = 0;
  const twice: Retry = async (work) => (++tries > 2 ? undefined : await work());
  expect(await deliver(new Strict([3]), messages(4), twice)).toBeUndefined();
  expect(await deliver(new ScriptedStore(), messages(4), async () => undefined)).toBeUndefined();
});

test('an error that may pass is the matter of the retry', async () => {
  const store = new ScriptedStore(new ApertoError('store_unavailable', 'away', { retry: true }));
  await expect(deliver(store, messages(2), once)).rejects.toThrow('away');
  expect(store.writes).toHaveLength(1);
});

test('the copy of a refused message names the store, its reason and the points, cut at the limit', () => {
  const refusal = { message: message(7), reason: 'too old' };
  expect(toQuarantined(refusal, 'influx', 99)).toEqual({
    receivedAt: 99,
    topic: 'store/influx',
    reason: 'store_rejected',
    detail: 'influx will not take it: too old',
    payload: JSON.stringify([pointOf(7)]),
  });
  const large = { message: message(...range(0, 1_000)), reason: 'too old' };
  expect(toQuarantined(large, 'influx', 99).payload).toHaveLength(limits.quarantinePayloadBytesMax);
});
