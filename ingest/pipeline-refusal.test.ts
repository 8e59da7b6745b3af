import { expect, test } from 'vitest';
import { ApertoError } from '../model/errors.ts';
import { messageOf, pipelineOf, receivedAt } from '../test/support/pipeline.ts';
import { booksOf, openSpool, range, readerOf, spoolPath } from '../test/support/spool.ts';
import { imbalance } from './ledger.ts';
import type { Spool } from './spool/spool.ts';

/** A spool that says it is full as often as it is told, then takes what comes. */
const fullFor = (spool: Spool, times: number): Pick<Spool, 'append' | 'book'> => {
  let left = times;
  return {
    book: (account, messages) => spool.book(account, messages),
    append: (item) => {
      if (left-- <= 0) return spool.append(item);
      for (const messages of item.accounts?.values() ?? []) spool.book('refused:spool_full', messages);
      return Promise.reject(new ApertoError('spool_full', 'the spool or its disk is full', { retry: true }));
    },
  };
};

const timed = messageOf({ t: receivedAt, occupied: true });

test('what cannot be made durable rejects, is booked as refused, and nobody hears of it', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const { pipeline, ledger, live, presence } = pipelineOf(fullFor(spool, 1));
  await expect(pipeline.accept(timed)).rejects.toEqual(expect.objectContaining({ code: 'spool_full' }));
  expect(ledger.view()).toMatchObject({ received: 1, spooled: 0, refused: { spool_full: 1 } });
  expect(live.takeChanges()).toEqual([]);
  expect(presence.report(receivedAt)).toEqual([]);

  // The device sends it again: it is news, not a repeat of what was never stored.
  expect((await pipeline.accept({ ...timed, resent: true })).kind).toBe('accepted');
  expect((await pipeline.accept(timed)).kind).toBe('duplicate');
  await spool.close();
  expect(booksOf(await openSpool(path))).toEqual({
    received: 3,
    stored: 0,
    duplicate: 1,
    spooled: 1,
    quarantined: {},
    refused: { spool_full: 1 },
    imbalance: 0,
  });
});

test('a repeat behind a message that fails is not acked as a repeat', async () => {
  const path = spoolPath();
  const small = { sizeBytesMax: 16 * 4096, tailMessagesMax: 0 };
  const spool = await openSpool(path, small, { messagesMax: 1, bytesMax: 1e6 });
  const { pipeline, ledger } = pipelineOf(spool);
  let full = false;
  for (let time = 0; !full; time++) {
    const first = messageOf({ t: receivedAt - time, occupied: true });
    const outcomes = await Promise.allSettled([pipeline.accept(first), pipeline.accept(first)]);
    const kinds = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.kind : 'rejected',
    );
    full = kinds[0] === 'rejected';
    expect(kinds).toEqual(full ? ['rejected', 'rejected'] : ['accepted', 'duplicate']);
  }
  const view = ledger.view();
  expect(view.refused).toEqual({ spool_full: 2 });
  expect(view.spooled).toBe(view.duplicate);
  expect(imbalance(view)).toBe(0);
  await readerOf(spool).settle({ upTo: 1e9, quarantined: [], accounts: { stored: view.spooled } });
  await spool.close();
  expect(booksOf(await openSpool(path))).toMatchObject({
    received: view.received,
    duplicate: view.duplicate,
    refused: { spool_full: 2 },
    imbalance: 0,
  });
});

test('whatever fails in between, the books on disk say what the books in memory say', async () => {
  const path = spoolPath();
  const spool = await openSpool(path, {}, { messagesMax: 4, bytesMax: 1e6 });
  const { pipeline, ledger } = pipelineOf(fullFor(spool, 10));
  const payloads = ['{', { occupied: true }, { t: receivedAt, occupied: true }];
  await Promise.allSettled(
    range(0, 50).map((index) => pipeline.accept(messageOf(payloads[index % 3], { messageId: index }))),
  );
  for (const qos of [0, 1, 2] as const) pipeline.refuse('reserved_topic', qos);
  pipeline.flush();
  const view = ledger.view();
  expect(view).toMatchObject({ received: 53, refused: { spool_full: 10, reserved_topic: 3 } });
  expect(imbalance(view)).toBe(0);
  await spool.close();
  expect(booksOf(await openSpool(path))).toEqual({ ...view, imbalance: 0 });
});

test('a message after the end is refused', async () => {
  const spool = await openSpool(spoolPath());
  const { pipeline, ledger } = pipelineOf(spool);
  await spool.close();
  await expect(pipeline.accept(timed)).rejects.toEqual(expect.objectContaining({ code: 'closed' }));
  expect(ledger.view()).toMatchObject({ received: 1, spooled: 0, refused: { closed: 1 } });
});

test('what a door turned away is counted at once', async () => {
  const spool = await openSpool(spoolPath());
  const { pipeline, ledger } = pipelineOf(spool);
  pipeline.refuse('packet_too_large', 1);
  expect(ledger.view()).toMatchObject({ received: 1, spooled: 0, refused: { packet_too_large: 1 } });
});
