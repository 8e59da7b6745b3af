import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from './message.ts';
import { ParcelReader, ParcelWriter } from './parcel.ts';

const message: fc.Arbitrary<Message> = fc.record(
  {
    topic: fc.string({ unit: 'binary', maxLength: 30 }),
    payload: fc.uint8Array({ maxLength: 400 }),
    qos: fc.constantFrom(0, 1, 2),
    receivedAt: fc.integer({ min: -1e15, max: 1e15 }),
    origin: fc.constantFrom('S01', 'S02', ''),
    resent: fc.boolean(),
    retained: fc.boolean(),
    messageId: fc.integer({ min: 0, max: 65_535 }),
  },
  {
    requiredKeys: ['topic', 'payload', 'qos', 'receivedAt', 'origin', 'resent', 'retained'],
    noNullPrototype: true,
  },
);

test('what goes in comes out, parcel after parcel', () => {
  fc.assert(
    fc.property(fc.array(fc.array(message)), (parcels) => {
      const writer = new ParcelWriter();
      const reader = new ParcelReader();
      for (const messages of parcels) {
        for (const each of messages) writer.add(each);
        expect(writer.count).toBe(messages.length);
        const read = reader.read(structuredClone(writer.take()));
        expect(read.map((one) => ({ ...one, payload: Uint8Array.from(one.payload) }))).toEqual(messages);
        expect(writer).toMatchObject({ count: 0, sizeBytes: 0 });
      }
    }),
  );
});

const of = (topic: string, bytes = 1): Message => ({
  topic,
  payload: new Uint8Array(bytes).fill(7),
  qos: 1,
  receivedAt: 5,
  origin: 'o',
});

test('a name goes along once', () => {
  const writer = new ParcelWriter();
  for (const topic of ['a', 'b', 'a']) writer.add(of(topic));
  expect(writer.take().names).toEqual(['a', 'o', 'b']);
  writer.add(of('b'));
  expect(writer.take().names).toEqual([]);
});

test('a parcel grows with what is put into it', () => {
  const writer = new ParcelWriter();
  writer.add(of('a', 50_000));
  writer.add(of('b', 400_000));
  const [first, second] = new ParcelReader().read(writer.take());
  expect([first?.payload.length, second?.payload.length]).toEqual([50_000, 400_000]);
  expect(second?.payload.every((byte) => byte === 7)).toBe(true);
});

test('names are not remembered without end: both sides begin anew', () => {
  const writer = new ParcelWriter();
  const reader = new ParcelReader();
  const parcels = [0, 1, 2].map((round) => {
    for (let number = 0; number < 30_000; number++) writer.add(of(`${round}/${number}`, 0));
    const parcel = writer.take();
    const topics = reader.read(parcel).map(({ topic }) => topic);
    expect(topics[29_999]).toBe(`${round}/29999`);
    return parcel;
  });
  expect(parcels.map(({ renumbered }) => renumbered)).toEqual([false, false, true]);
});
