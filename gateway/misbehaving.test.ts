import { expect, test, vi } from 'vitest';
import type { Message, Outcome } from '../ingest/message.ts';
import { limits } from '../model/limits.ts';
import { createGate } from '../test/support/gate.ts';
import { brokerOf, connect, publish, RawClient } from '../test/support/gateway.ts';
import { rulesOf } from './broker-rules.ts';

const topic = 'aperto/1/via-rossini/seat/S07';
const accepted: Outcome = { kind: 'accepted', points: 1 };

const gateOf = (changes: object) => ({ gate: { ...rulesOf().gate, ...changes } });
const pubacks = (client: RawClient): number => client.commands().filter((cmd) => cmd === 'puback').length;

/** The longest of some publishes of a well-behaved client, one after the other. */
const longestMs = async (port: number, messages: number): Promise<number> => {
  const client = await connect(port, { clientId: 'good' });
  let longest = 0;
  for (let index = 0; index < messages; index++) {
    const began = performance.now();
    await client.publishAsync(topic, String(index), { qos: 1 });
    longest = Math.max(longest, performance.now() - began);
  }
  return longest;
};

test('who sends more than it may is read more slowly and named, loses nothing, and holds nobody up', async () => {
  const {
    port,
    broker,
    accepted: came,
    warnings,
  } = await brokerOf({
    rules: gateOf({ messagesPerSecondMax: 1_000 }),
  });
  const offender = await new RawClient(port).connect('offender');
  const began = performance.now();
  const ids = Array.from({ length: 4_000 }, (_, index) => index + 1);
  offender.send(...ids.map((id) => publish(topic, id)));
  expect(await longestMs(port, 100)).toBeLessThan(500);
  await vi.waitFor(() => expect(pubacks(offender)).toBe(4_000), { timeout: 10_000 });
  // 2,000 at once, the rest at 1,000 a second; what was in flight at the end may be early.
  expect(performance.now() - began).toBeGreaterThan(1_700);
  expect(offender.packets.slice(1).map(({ messageId }) => messageId)).toEqual(ids);
  expect(came.filter(({ origin }) => origin === 'offender')).toHaveLength(4_000);
  const [limited, ...others] = broker.limited();
  expect(limited).toMatchObject({ client: 'offender', offence: 'message_rate' });
  expect(limited?.heldMs).toBeGreaterThan(300);
  expect(others).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining('sends more messages than one client may')]);
});

test('bytes are limited as messages are', async () => {
  const { port, broker } = await brokerOf({ rules: gateOf({ bytesPerSecondMax: 500_000 }) });
  const offender = await new RawClient(port).connect('offender');
  const payload = Buffer.alloc(50_000);
  const began = performance.now();
  offender.send(...Array.from({ length: 30 }, (_, index) => publish(topic, index + 1, { payload })));
  await vi.waitFor(() => expect(pubacks(offender)).toBe(30), { timeout: 10_000 });
  // 1 MB at once, half a megabyte more in a second.
  expect(performance.now() - began).toBeGreaterThan(800);
  expect(broker.limited()).toMatchObject([{ client: 'offender', offence: 'byte_rate' }]);
});

test.each([0, 1, 2] as const)(
  'of one client so many messages wait for their fsync, QoS %d; the rest stays in TCP',
  async (qos) => {
    const gate = createGate();
    const { port, accepted: came } = await brokerOf({
      accept: () => gate.passed.then(() => accepted),
      rules: gateOf({ messagesPerSecondMax: 0, bytesPerSecondMax: 0 }),
    });
    const client = await new RawClient(port).connect('S07');
    const sent = 40_000;
    const large = { qos, payload: Buffer.alloc(200) };
    client.send(...Array.from({ length: sent }, (_, index) => publish(topic, index + 1, large)));
    await vi.waitFor(() => expect(came.length).toBeGreaterThan(200));
    // The broker reads no more: what a kernel holds is far less than 9 MB.
    await vi.waitFor(() => expect(client.socket.writableLength).toBeGreaterThan(1_000_000));
    expect(came.length).toBeLessThanOrEqual(limits.inFlightMax);
    gate.open();
    await vi.waitFor(() => expect(came).toHaveLength(sent), { timeout: 20_000 });
  },
);

test('payloads that are no readings cost more, and who goes on with them is named', async () => {
  const accept = ({ origin }: Message): Promise<Outcome> =>
    Promise.resolve(origin === 'offender' ? { kind: 'quarantined', reason: 'not_json' } : accepted);
  const {
    port,
    broker,
    accepted: came,
  } = await brokerOf({
    accept,
    rules: gateOf({ messagesPerSecondMax: 1_000, badMessageCost: 20 }),
  });
  const offender = await new RawClient(port).connect('offender');
  // 100 at once for the burst of 2,000; 50 a second from then on.
  offender.send(...Array.from({ length: 200 }, (_, index) => publish(topic, index + 1)));
  expect(await longestMs(port, 50)).toBeLessThan(500);
  await vi.waitFor(() => expect(broker.limited()).toHaveLength(1), { timeout: 5_000 });
  expect(broker.limited()).toMatchObject([{ client: 'offender', offence: 'bad_payloads' }]);
  await vi.waitFor(() => expect(pubacks(offender)).toBe(200), { timeout: 10_000 });
  expect(came.filter(({ origin }) => origin === 'good')).toHaveLength(50);
});

test.each([
  ['1 MB payloads', topic, Buffer.alloc(1024 * 1024), 'packet_too_large'],
  ['a topic 200 levels deep', 'a/'.repeat(199).concat('a'), Buffer.from('x'), 'too_many_topic_levels'],
])('%s, again and again: the client has to wait before it may come back', async (_, to, payload, reason) => {
  const rules = { returns: { burst: 5, everyMs: 200 } };
  const { port, broker, refused, accepted: came } = await brokerOf({ rules });
  const began = performance.now();
  for (let round = 0; round < 9; round++) {
    const offender = await new RawClient(port).connect('offender');
    offender.send(publish(to, 1, { payload }));
    await offender.ended();
  }
  // Five at once, a debt of one, then three that wait.
  expect(performance.now() - began).toBeGreaterThan(500);
  expect(refused).toEqual(Array.from({ length: 9 }, () => [reason, 1]));
  expect(broker.limited()).toMatchObject([{ client: 'offender', offence: 'reconnects' }]);
  expect(await longestMs(port, 20)).toBeLessThan(500);
  expect(came.map(({ origin }) => origin)).not.toContain('offender');
});
