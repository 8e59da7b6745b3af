import { expect, test, vi } from 'vitest';
import { brokerOf, connect, RawClient } from '../test/support/gateway.ts';

const topic = 'aperto/1/via-rossini/seat/S07';
const payload = Buffer.alloc(20_000);

/** A client that subscribes to everything and then reads no more. */
const frozenOf = async (port: number, changes: object = {}): Promise<RawClient> => {
  const client = await new RawClient(port).connect('frozen', changes);
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 1 }] });
  await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('suback'));
  client.socket.pause();
  return client;
};

test.each([0, 1, 2] as const)(
  'a subscriber that does not read holds no publisher up and is named, QoS %d',
  async (qos) => {
    const { port, broker } = await brokerOf();
    await frozenOf(port);
    const listener = await connect(port, { clientId: 'listener' });
    let heard = 0;
    listener.on('message', () => heard++);
    await listener.subscribeAsync('aperto/#', { qos: 1 });
    const device = await connect(port, { clientId: 'device' });
    let longest = 0;
    for (let index = 0; index < 500; index++) {
      const began = performance.now();
      await device.publishAsync(topic, payload, { qos });
      longest = Math.max(longest, performance.now() - began);
      // Without an ack nothing else would keep it from sending more than one that reads can take.
      if (index % 8 === 7)
        await vi.waitFor(() => expect(heard).toBe(index + 1), { interval: 1, timeout: 10_000 });
    }
    await device.publishAsync(topic, payload, { qos: 1 });
    await vi.waitFor(() => expect(heard).toBe(501), { timeout: 10_000 });
    // aedes alone waits for drainTimeout, 5 s.
    expect(longest).toBeLessThan(1_000);
    const slow = broker.limited().filter(({ offence }) => offence === 'slow_reader');
    expect(slow).toMatchObject([{ client: 'frozen' }]);
  },
);

test('one with a session is cut off, and what was promised to it waits there', async () => {
  const { port, broker } = await brokerOf();
  const frozen = await frozenOf(port, { clean: false });
  const device = await connect(port, { clientId: 'device' });
  // More than the kernel and the bound of the broker hold.
  for (let index = 0; index < 600; index++) await device.publishAsync(topic, payload, { qos: 1 });
  await vi.waitFor(() => expect(broker.connections()).toBe(1));
  frozen.socket.destroy();
  const back = new RawClient(port);
  await back.connect('frozen', { clean: false });
  await vi.waitFor(() =>
    expect(back.commands().filter((cmd) => cmd === 'publish').length).toBeGreaterThan(100),
  );
  expect(back.packets[0]).toMatchObject({ cmd: 'connack', sessionPresent: true });
});
