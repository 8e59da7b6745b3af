import { expect, test } from 'vitest';
import { limits } from '../model/limits.ts';
import { messageOf, pipelineOf, receivedAt } from '../test/support/pipeline.ts';
import { booksOf, openSpool, range, readerOf, spoolPath } from '../test/support/spool.ts';
import { refused } from './decode/decoded.ts';
import { Decoder } from './decode/decoder.ts';
import type { Definition } from './decode/definition.ts';
import { VolatileMemory } from './decode/memory.ts';
import { imbalance } from './ledger.ts';
import { decodeBody } from './spool/body.ts';

const entryOf = ({ live }: ReturnType<typeof pipelineOf>, id: string) =>
  live.snapshot('via-rossini').find(({ device }) => device === id);

test('an accepted message is durable, in the books and in the live state', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const durable: number[] = [];
  const parts = pipelineOf(spool, { onDurable: (delayMs) => durable.push(delayMs) });
  expect(await parts.pipeline.accept(messageOf({ occupied: true, battery_pct: 80 }))).toEqual({
    kind: 'accepted',
    points: 2,
  });
  expect(entryOf(parts, 'S07')).toMatchObject({ fields: { occupied: 1 }, time: receivedAt });
  expect(parts.live.takeChanges()).toHaveLength(2);
  expect(parts.presence.report(receivedAt + 5_000)[0]?.fields).toEqual({ last_seen_age_s: 5 });
  expect(parts.ledger.view()).toMatchObject({ received: 1, spooled: 1 });
  expect(durable).toHaveLength(1);
  expect(durable[0]).toBeGreaterThan(0);

  const { batches } = await readerOf(spool).read(0, 10);
  expect(batches.flatMap(({ body }) => decodeBody(body))).toMatchObject([
    {
      origin: expect.stringMatching(/^[0-9a-f]{16} $/),
      points: [{ measurement: 'occupancy' }, { measurement: 'device_health' }],
    },
  ]);
  await spool.close();
  expect(booksOf(await openSpool(path))).toMatchObject({ received: 1, spooled: 1, imbalance: 0 });
});

test('nothing is told to anybody before it is durable', async () => {
  const spool = await openSpool(spoolPath());
  const parts = pipelineOf(spool);
  const accepted = parts.pipeline.accept(messageOf({ occupied: true }));
  expect(entryOf(parts, 'S07')?.time).toBeUndefined();
  expect(parts.ledger.view()).toMatchObject({ received: 1, spooled: 1 });
  await accepted;
  expect(entryOf(parts, 'S07')?.time).toBe(receivedAt);
});

test('a timed message that comes again is a duplicate, also while the first is on its way', async () => {
  const spool = await openSpool(spoolPath());
  const { pipeline, ledger } = pipelineOf(spool);
  const timed = messageOf({ t: receivedAt - 1_000, occupied: true });
  const outcomes = await Promise.all([pipeline.accept(timed), pipeline.accept(timed)]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'duplicate']);
  expect(await pipeline.accept({ ...timed, origin: 'other', messageId: 5 })).toEqual({ kind: 'duplicate' });
  expect(ledger.view()).toMatchObject({ received: 3, duplicate: 2, spooled: 1 });
  expect((await spool.stats()).waitingMessages).toBe(1);
});

test('an untimed message is a duplicate only where the client sends the packet again', async () => {
  const spool = await openSpool(spoolPath());
  const { pipeline } = pipelineOf(spool);
  const untimed = messageOf({ occupied: true }, { messageId: 12 });
  const kindOf = async (changes: object): Promise<string> =>
    (await pipeline.accept({ ...untimed, ...changes })).kind;
  expect(await kindOf({})).toBe('accepted');
  expect(await kindOf({ receivedAt: receivedAt + 60_000 })).toBe('accepted');
  expect(await kindOf({ receivedAt: receivedAt + 61_000, resent: true })).toBe('duplicate');
  expect(await kindOf({ resent: true, messageId: 13 })).toBe('accepted');
  expect(await kindOf({ resent: true, origin: 'S08' })).toBe('accepted');
});

test('a time that is not believed does not make a repeat of what is news', async () => {
  const spool = await openSpool(spoolPath());
  const parts = pipelineOf(spool);
  const payload = { t: '1970-01-01T00:00:00Z', occupied: true };
  for (const minute of [0, 1]) {
    const message = messageOf(payload, { receivedAt: receivedAt + minute * 60_000, messageId: minute });
    expect((await parts.pipeline.accept(message)).kind).toBe('accepted');
  }
  expect(parts.presence.report(receivedAt + 60_000)[0]?.fields).toMatchObject({ clock_trusted: 0 });
});

test.each([
  ['not JSON', '{', {}, 'not_json'],
  ['no bytes', '', {}, 'empty_payload'],
  ['too large', ' '.repeat(limits.payloadBytesMax + 1), {}, 'too_large'],
  ['a wrong type', { occupied: 1 }, {}, 'wrong_type'],
  ['a value out of its limits', { people: -1 }, {}, 'out_of_limits'],
  ['a time of no calendar', { t: '2026-02-30T00:00:00Z', occupied: true }, {}, 'bad_time'],
  ['an unknown site', { occupied: true }, { topic: 'aperto/1/elsewhere/seat/S07' }, 'unknown_site'],
  ['an unknown device', { occupied: true }, { topic: 'aperto/1/via-rossini/seat/S99' }, 'unknown_device'],
  ['a wrong kind', { people: 1 }, { topic: 'aperto/1/via-rossini/counter/S07' }, 'wrong_kind'],
])('%s is set aside with its reason, counted and kept', async (_, payload, changes, reason) => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const parts = pipelineOf(spool);
  const message = messageOf(payload, changes);
  expect(await parts.pipeline.accept(message)).toEqual({ kind: 'quarantined', reason });
  expect(parts.ledger.view()).toMatchObject({ received: 1, spooled: 0, quarantined: { [reason]: 1 } });
  const rows = await spool.listQuarantine({ limit: 10 });
  expect(rows).toMatchObject([{ receivedAt, topic: message.topic, reason }]);
  expect(rows[0]?.detail.length).toBeGreaterThan(10);
  expect(rows[0]?.payload.length).toBeLessThanOrEqual(limits.quarantinePayloadBytesMax);
  expect(parts.presence.report(0)).toEqual([]);
  await spool.close();
  expect(booksOf(await openSpool(path))).toMatchObject({ quarantined: { [reason]: 1 }, imbalance: 0 });
});

test('what is kept of a message names no client', async () => {
  const spool = await openSpool(spoolPath());
  const { pipeline } = pipelineOf(spool);
  await pipeline.accept(messageOf({ clients: { 'aa:bb:cc:dd:ee:ff': { ip: '192.168.1.7' } } }));
  const [row] = await spool.listQuarantine({ limit: 1 });
  expect(row?.payload).toBe('{"clients":{"[mac]":{"ip":"[ip]"}}}');
});

test('a topic of nobody is refused, counted, and leaves nothing else behind', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const { pipeline } = pipelineOf(spool);
  const outcome = await pipeline.accept(messageOf('on', { topic: 'light/1/set' }));
  expect(outcome).toEqual({ kind: 'refused', reason: 'unknown_topic' });
  expect(await spool.listQuarantine({ limit: 1 })).toEqual([]);
  await spool.close();
  expect(booksOf(await openSpool(path))).toMatchObject({ received: 1, refused: { unknown_topic: 1 } });
});

test('a message about a person is counted as refused for that, and kept nowhere', async () => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const memory = new VolatileMemory(10);
  const presence: Definition = {
    name: 'test/presence',
    title: 'Presence of one client',
    source: 'this test',
    topics: ['presence/{client}'],
    format: 'bytes',
    read: () => refused('personal_data', 'presence of one client'),
  };
  const decoder = new Decoder({ definitions: [presence], memory, timezone: 'Europe/Rome' });
  const { pipeline } = pipelineOf(spool, { decoder });
  const outcome = await pipeline.accept(messageOf('new', { topic: 'presence/aa:bb:cc:dd:ee:ff' }));
  expect(outcome).toEqual({ kind: 'refused', reason: 'personal_data' });
  expect(await spool.listQuarantine({ limit: 1 })).toEqual([]);
  await spool.close();
  expect(booksOf(await openSpool(path))).toMatchObject({
    received: 1,
    refused: { personal_data: 1 },
    imbalance: 0,
  });
});

test('what a broker kept and hands out again is news only where it says when it was', async () => {
  const spool = await openSpool(spoolPath());
  const { pipeline, live, ledger } = pipelineOf(spool);
  const untimed = messageOf({ occupied: true }, { retained: true });
  expect(await pipeline.accept(untimed)).toEqual({ kind: 'refused', reason: 'retained' });
  expect(live.takeChanges()).toEqual([]);
  const timed = messageOf({ t: receivedAt - 5_000, occupied: true }, { retained: true });
  expect((await pipeline.accept(timed)).kind).toBe('accepted');
  expect((await pipeline.accept(timed)).kind).toBe('duplicate');
  expect(ledger.view()).toMatchObject({ received: 3, duplicate: 1, spooled: 1, refused: { retained: 1 } });
});

test('late data is stored and does not touch the live state', async () => {
  const spool = await openSpool(spoolPath());
  const parts = pipelineOf(spool);
  await parts.pipeline.accept(messageOf({ t: receivedAt, occupied: true }));
  await parts.pipeline.accept(messageOf({ t: receivedAt - 3_600_000, occupied: false }));
  expect(entryOf(parts, 'S07')).toMatchObject({ fields: { occupied: 1 }, time: receivedAt });
  expect((await spool.stats()).waitingMessages).toBe(2);
});

test('a fault in a decoder sets its message aside and stops nothing', async () => {
  class Broken extends Decoder {
    override decode(topic: string, bytes: Uint8Array, at: number) {
      if (topic.endsWith('S13')) throw new TypeError('cannot read properties of Anna');
      return super.decode(topic, bytes, at);
    }
  }
  const spool = await openSpool(spoolPath());
  const decoder = new Broken({ definitions: [], memory: new VolatileMemory(1), timezone: 'UTC' });
  const { pipeline, ledger } = pipelineOf(spool, { decoder });
  const topics = ['S12', 'S13', 'S14'].map((device) => `aperto/1/via-rossini/seat/${device}`);
  const outcomes = await Promise.all(
    topics.map((topic) => pipeline.accept(messageOf({ occupied: true }, { topic }))),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'quarantined', 'accepted']);
  expect((await spool.listQuarantine({ limit: 1 }))[0]?.detail).toBe(
    'a fault in our own code (TypeError); please report it with the payload',
  );
  expect(ledger.view()).toMatchObject({ received: 3, spooled: 2, quarantined: { decoder_failed: 1 } });
});

test('acks come in the order of arrival, whatever becomes of the messages', async () => {
  const spool = await openSpool(spoolPath(), {}, { messagesMax: 5, bytesMax: 1e6 });
  const { pipeline, ledger } = pipelineOf(spool);
  const payloads = ['{', { occupied: true }, { t: receivedAt, occupied: true }, { people: -1 }];
  const settled: number[] = [];
  await Promise.all(
    range(0, 60).map(async (index) => {
      const topic = index % 7 === 0 ? 'light/1' : 'aperto/1/via-rossini/seat/S07';
      await pipeline.accept(messageOf(payloads[index % payloads.length], { topic, messageId: index }));
      settled.push(index);
    }),
  );
  expect(settled).toEqual(range(0, 60));
  expect(imbalance(ledger.view())).toBe(0);
});
