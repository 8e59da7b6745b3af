import { expect, test, vi } from 'vitest';
import { brokerOf, publish, RawClient } from '../test/support/gateway.ts';

const deep = Array.from({ length: 17 }, () => 'a').join('/');
const topic = 'aperto/1/via-rossini/seat/S01';

test.each([4, 5] as const)(
  'a topic of more levels than the limit is refused and counted, v%d',
  async (version) => {
    const { port, refused, accepted } = await brokerOf();
    const client = await new RawClient(port, version).connect('a');
    client.send(publish(deep.slice(2), 1));
    await vi.waitFor(() => expect(accepted).toHaveLength(1));
    client.send(publish(deep, 2));
    await client.ended();
    expect(refused).toEqual([['too_many_topic_levels', 1]]);
    expect(accepted).toHaveLength(1);
  },
);

test('a filter of too many levels ends the connection and is no message', async () => {
  const { port, refused, warnings } = await brokerOf();
  const subscriber = await new RawClient(port).connect('a');
  subscriber.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: deep, qos: 0 }] });
  await subscriber.ended();
  const leaver = await new RawClient(port).connect('b');
  leaver.send({ cmd: 'unsubscribe', messageId: 1, unsubscriptions: [deep] });
  await leaver.ended();
  await vi.waitFor(() => expect(warnings).toHaveLength(2));
  expect(refused).toEqual([]);
});

test('a wildcard in the Response Topic is refused and counted [MQTT-3.3.2-14]', async () => {
  const { port, refused, accepted } = await brokerOf();
  const client = await new RawClient(port, 5).connect('a');
  client.send(publish(topic, 1, { properties: { responseTopic: 'aperto/+' } }));
  await client.ended();
  expect(refused).toEqual([['malformed_response_topic', 1]]);
  expect(accepted).toEqual([]);
});

test('a device that comes back and is refused for the same reason writes one line a minute', async () => {
  const full = 'the spool cannot write: the disk is full';
  let now = 0;
  const { port, warnings, accepted } = await brokerOf({
    accept: () => Promise.reject(new Error(full)),
    clock: { now: () => now },
  });
  const refuse = async (clientId: string): Promise<void> => {
    const client = await new RawClient(port).connect(clientId);
    client.send(publish(topic, 1));
    await client.ended();
  };
  for (let round = 0; round < 20; round++) await refuse('a');
  await refuse('b');
  now = 60_000;
  await refuse('a');
  expect(accepted).toHaveLength(22);
  const line = `MQTT connection closed: ${full}`;
  expect(warnings).toEqual([line, line, `${line} (19 more since the last such line)`]);
});
