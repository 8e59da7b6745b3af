import { expect, test, vi } from 'vitest';
import { ApertoError } from '../model/errors.ts';
import { Intake, type IntakeParts, type ParcelOutcome } from './intake.ts';
import { type Account, imbalance, Ledger } from './ledger.ts';
import type { Message, Outcome } from './message.ts';
import { type Parcel, ParcelReader } from './parcel.ts';

const accepted: Outcome = { kind: 'accepted', points: 1 };

const messageOf = (number: number): Message => ({
  topic: 'a',
  payload: Buffer.from(String(number)),
  qos: 1,
  receivedAt: number,
  origin: 'o',
});

interface Sent {
  readonly numbers: readonly number[];
  readonly refused: ReadonlyMap<Account, number>;
  settle(outcomes?: readonly Outcome[]): void;
  fail(error: unknown): void;
}

/** An intake whose parcels are settled by the test. */
const intakeOf = (limits: IntakeParts['limits'] = { messagesMax: 100, bytesMax: 1e6 }) => {
  const reader = new ParcelReader();
  const sent: Sent[] = [];
  const ledger = new Ledger({}, 0);
  const durable: number[] = [];
  const send = (parcel: Parcel, refused: ReadonlyMap<Account, number>): Promise<ParcelOutcome> => {
    const numbers = reader.read(parcel).map(({ receivedAt }) => receivedAt);
    const accounts = new Map<Account, number>(numbers.length === 0 ? [] : [['spooled', numbers.length]]);
    return new Promise((resolve, reject) => {
      const settle = (outcomes: readonly Outcome[] = [accepted]): void =>
        resolve({ places: new Uint16Array(numbers.length), outcomes, accounts });
      sent.push({ numbers, refused, settle, fail: reject });
    });
  };
  const intake = new Intake({ send, ledger, limits, onDurable: (delayMs) => durable.push(delayMs) });
  return { intake, ledger, sent, durable };
};

test('all that comes in one turn goes together, and is settled in the order of arrival', async () => {
  const { intake, ledger, sent, durable } = intakeOf();
  const settled: number[] = [];
  const accepts = [1, 2, 3].map((number) =>
    intake.accept(messageOf(number)).then((outcome) => {
      settled.push(number);
      return outcome;
    }),
  );
  expect(sent).toHaveLength(0);
  expect(ledger.view()).toMatchObject({ received: 3, spooled: 3 });
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.numbers).toEqual([1, 2, 3]);
  expect(settled).toEqual([]);
  sent[0]?.settle();
  expect(await Promise.all(accepts)).toEqual([accepted, accepted, accepted]);
  expect(settled).toEqual([1, 2, 3]);
  expect(imbalance(ledger.view())).toBe(0);
  expect(durable).toHaveLength(1);
});

test('a parcel is bounded in messages and in bytes', () => {
  const few = intakeOf({ messagesMax: 2, bytesMax: 1e6 });
  for (const number of [1, 2, 3, 4, 5]) void few.intake.accept(messageOf(number));
  expect(few.sent.map(({ numbers }) => numbers)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  const small = intakeOf({ messagesMax: 100, bytesMax: 20 });
  for (const number of [1, 2]) void small.intake.accept(messageOf(number));
  expect(small.sent.map(({ numbers }) => numbers)).toEqual([[1], [2]]);
});

test('while enough parcels are on their way, what comes waits and goes together', async () => {
  const { intake, sent } = intakeOf();
  for (let parcel = 0; parcel < 6; parcel++) {
    void intake.accept(messageOf(parcel));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sent.map(({ numbers }) => numbers)).toEqual([[0], [1], [2], [3]]);
  sent[0]?.settle();
  await vi.waitFor(() => expect(sent[4]?.numbers).toEqual([4, 5]));
});

test('what cannot be made durable is rejected with the reason and booked as refused', async () => {
  const { intake, ledger, sent } = intakeOf();
  const full = new ApertoError('spool_full', 'the disk is full', { retry: true });
  const accepts = [intake.accept(messageOf(1)), intake.accept(messageOf(2))];
  intake.flush();
  sent[0]?.fail(full);
  for (const accept of accepts) await expect(accept).rejects.toBe(full);
  expect(ledger.view()).toMatchObject({ received: 2, spooled: 0, refused: { spool_full: 2 } });
});

test('what doors turned away goes along, and again where the parcel did not arrive', async () => {
  const { intake, ledger, sent } = intakeOf();
  intake.refuse('packet_too_large', 1);
  intake.refuse('packet_too_large', 0);
  expect(ledger.view()).toMatchObject({ received: 2, spooled: 0, refused: { packet_too_large: 2 } });
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  sent[0]?.fail(new Error('the thread is busy'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toHaveLength(1);
  void intake.accept(messageOf(1));
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent.map(({ refused }) => [...refused])).toEqual([
    [['refused:packet_too_large', 2]],
    [['refused:packet_too_large', 2]],
  ]);
  expect(ledger.receivedQos0).toBe(1);
});

test('a message that nobody judged is not acknowledged, nor one after a fault of our own', async () => {
  const { intake, sent } = intakeOf();
  const forgotten = intake.accept(messageOf(1));
  intake.flush();
  const faulty = intake.accept(messageOf(2));
  intake.flush();
  sent[0]?.settle([]);
  sent[1]?.fail('no error at all');
  await expect(forgotten).rejects.toEqual(expect.objectContaining({ code: 'internal' }));
  await expect(faulty).rejects.toEqual(expect.objectContaining({ code: 'internal' }));
});
