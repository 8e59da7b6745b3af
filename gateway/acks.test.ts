import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { Acks } from './acks.ts';

/** A connection whose peer reads when told to. */
const connection = (highWaterMark: number) => {
  const writes: string[] = [];
  let read: () => void = () => undefined;
  const duplex = new Duplex({
    writableHighWaterMark: highWaterMark,
    read: () => undefined,
    write: (bytes: Buffer, _encoding, done) => {
      writes.push(bytes.toString('hex'));
      read = done;
    },
  });
  return { duplex, writes, read: () => read() };
};

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

test('the acks of one turn go in one write, in their order; QoS 0 is counted and gets none', async () => {
  const { duplex, writes } = connection(1_000);
  const sent: number[] = [];
  const acks = new Acks(duplex, { drainTimeoutMs: 1_000, onSent: (messages) => sent.push(messages) });
  acks.add(1);
  acks.add(0x1234, 0x87);
  acks.add(0);
  acks.add(65_535);
  await nextTick();
  expect(writes).toEqual(['40020001' + '4003123487' + '4002ffff']);
  expect(sent).toEqual([4]);
});

test('hundreds of acks in one turn are all sent', async () => {
  const { duplex, writes } = connection(100_000);
  const acks = new Acks(duplex, { drainTimeoutMs: 1_000, onSent: () => undefined });
  for (let id = 1; id <= 700; id++) acks.add(id);
  await nextTick();
  const ids = (writes.join('').match(/.{8}/g) ?? []).map((ack) => Number.parseInt(ack.slice(4), 16));
  expect(ids).toEqual(Array.from({ length: 700 }, (_, index) => index + 1));
});

test('who does not read its acks gets no more of them, and no room, until it does', async () => {
  const { duplex, writes, read } = connection(4);
  const sent: number[] = [];
  const acks = new Acks(duplex, { drainTimeoutMs: 60_000, onSent: (messages) => sent.push(messages) });
  acks.add(1);
  await nextTick();
  acks.add(2);
  acks.add(3);
  await nextTick();
  expect([writes, sent]).toEqual([['40020001'], []]);
  read();
  await nextTick();
  expect([writes, sent]).toEqual([['40020001', '4002000240020003'], [1]]);
  duplex.destroy();
});

test('who does not read them in time is cut off', async () => {
  const { duplex } = connection(4);
  const acks = new Acks(duplex, { drainTimeoutMs: 20, onSent: () => undefined });
  acks.add(1);
  const [error] = await once(duplex, 'error');
  expect(error).toMatchObject({ message: 'drain timeout' });
  acks.add(2);
  await nextTick();
  expect(duplex.destroyed).toBe(true);
});
