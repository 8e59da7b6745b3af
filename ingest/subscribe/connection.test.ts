import { expect, it, onTestFinished, vi } from 'vitest';
import { connack, delivery, type Script, scriptedBroker } from '../../test/support/scripted-broker.ts';
import { defaultTimings } from './access.ts';
import type { ConnectionOptions } from './client.ts';
import { Connection, type Take } from './connection.ts';

const open = async (
  script: Script,
  take: Take = () => Promise.resolve(),
  changes: Partial<ConnectionOptions> = {},
) => {
  const broker = await scriptedBroker(script);
  const connect = async (): Promise<Connection> => {
    const timings = { ...defaultTimings, answerTimeoutMs: 300 };
    const options = { url: broker.url, clientId: 'w', keepsSession: true, receiveMaximum: 1_024, timings };
    const connection = await Connection.open({ ...options, ...changes }, take, new AbortController().signal);
    onTestFinished(async () => void (await connection.close()));
    return connection;
  };
  return { broker, connect };
};

/** Promises that are resolved by hand, in any order. */
const gate = () => {
  const settlers: { resolve(): void; reject(error: Error): void }[] = [];
  const take: Take = () =>
    new Promise<void>((resolve, reject) => {
      settlers.push({ resolve, reject });
    });
  return { settlers, take };
};

const sends =
  (from: number, to: number): Script =>
  (packet, visit) => {
    if (packet.cmd !== 'connect') return undefined;
    visit.send(connack());
    visit.send(...Array.from({ length: to - from + 1 }, (_, index) => delivery(from + index)));
    return 'handled';
  };

/**
 * What mqtt.js 5.16.0 does is not in its documentation: told of an error it sends no PUBACK, and goes on to the next.
 */
it('takes 1,000 messages before any is durable, and acknowledges them in order with few writes', async () => {
  const { settlers, take } = gate();
  const { broker, connect } = await open(sends(1, 1_000), take);
  const connection = await connect();
  await vi.waitFor(() => expect(settlers.length).toBe(1_000));
  expect(connection.inFlight).toBe(1_000);
  const [visit] = broker.visits;
  expect(visit?.packets.map(({ cmd }) => cmd)).toEqual(['connect']);
  for (const { resolve } of settlers.slice(1).toReversed()) resolve();
  await vi.waitFor(() => expect(connection.inFlight).toBe(1));
  expect(visit?.acks).toEqual([]);
  settlers[0]?.resolve();
  await vi.waitFor(() => expect(visit?.acks.flat().length).toBe(1_000));
  expect(visit?.acks.flat()).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  expect(visit?.acks.length).toBeLessThan(5);
});

it('answers a ping while 1,000 messages wait for the disk', async () => {
  const { settlers, take } = gate();
  const timings = { ...defaultTimings, keepaliveS: 1 };
  const { broker, connect } = await open(sends(1, 1_000), take, { timings });
  const connection = await connect();
  await vi.waitFor(() => expect(settlers.length).toBe(1_000));
  const pings = () => broker.visits[0]?.packets.filter(({ cmd }) => cmd === 'pingreq').length;
  await vi.waitFor(() => expect(pings()).toBe(2), { timeout: 5_000 });
  expect(connection.inFlight).toBe(1_000);
  for (const { resolve } of settlers) resolve();
});

it('acknowledges on the connection that delivered, and on no other', async () => {
  const { settlers, take } = gate();
  const { broker, connect } = await open(sends(1, 3), take);
  const first = await connect();
  await vi.waitFor(() => expect(settlers.length).toBe(3));
  broker.visits[0]?.socket.destroy();
  await first.ended;
  await connect();
  await vi.waitFor(() => expect(settlers.length).toBe(6));
  for (const { resolve } of settlers.slice(0, 3)) resolve();
  settlers[3]?.resolve();
  await vi.waitFor(() => expect(broker.visits[1]?.acks).toEqual([[1]]));
  expect(broker.visits[0]?.acks).toEqual([]);
  for (const { resolve } of settlers) resolve();
});

it('stops to read where a broker sends more than was agreed', async () => {
  const { settlers, take } = gate();
  const { broker, connect } = await open(sends(1, 50), take, { receiveMaximum: 10 });
  await connect();
  await vi.waitFor(() => expect(settlers.length).toBe(11));
  for (let taken = 0; taken < 50; taken++) {
    await vi.waitFor(() => expect(settlers.length).toBeGreaterThan(taken), { interval: 5 });
    expect(settlers.length).toBeLessThanOrEqual(taken + 11);
    settlers[taken]?.resolve();
  }
  await vi.waitFor(() => expect(broker.visits[0]?.acks.flat().length).toBe(50));
});

it('ends the connection where a message cannot be made durable, and acknowledges only what came before it', async () => {
  const { settlers, take } = gate();
  const { broker, connect } = await open(sends(1, 3), take);
  const connection = await connect();
  await vi.waitFor(() => expect(settlers.length).toBe(3));
  settlers[0]?.resolve();
  settlers[2]?.resolve();
  await vi.waitFor(() => expect(broker.visits[0]?.acks).toEqual([[1]]));
  settlers[1]?.reject(new Error('the spool is full'));
  expect(await connection.ended).toMatchObject({
    retry: true,
    message: expect.stringContaining('the spool is full'),
  });
  expect(broker.visits[0]?.acks).toEqual([[1]]);
});

it('makes durable and acknowledges what came before it says goodbye, and keeps the session', async () => {
  const { settlers, take } = gate();
  const { broker, connect } = await open(sends(1, 2), take);
  const connection = await connect();
  await vi.waitFor(() => expect(settlers.length).toBe(2));
  const closed = connection.close();
  broker.visits[0]?.send(delivery(3));
  for (const { resolve } of settlers) resolve();
  await closed;
  expect(settlers.length).toBe(2);
  expect(broker.visits[0]?.acks.flat()).toEqual([1, 2]);
  expect(broker.visits[0]?.packets.at(-1)).toMatchObject({ cmd: 'disconnect', length: 0 });
});

it('does not acknowledge QoS 0, and takes it', async () => {
  const taken: string[] = [];
  const script: Script = (packet, visit) => {
    if (packet.cmd !== 'connect') return undefined;
    visit.send(connack(), delivery(0, { qos: 0, messageId: undefined }), delivery(7));
    return 'handled';
  };
  const { broker, connect } = await open(script, async ({ qos }) => void taken.push(`QoS ${qos}`));
  await connect();
  await vi.waitFor(() => expect(broker.visits[0]?.acks).toEqual([[7]]));
  expect(taken).toEqual(['QoS 0', 'QoS 1']);
});
