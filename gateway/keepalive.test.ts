import { expect, onTestFinished, test, vi } from 'vitest';
import { brokerOf, publish, RawClient } from '../test/support/gateway.ts';

test.each([4, 5] as const)('who publishes need not ping, v%d', async (version) => {
  const { port } = await brokerOf();
  const client = await new RawClient(port, version).connect('S07', { keepalive: 1 });
  let sent = 0;
  const sending = setInterval(() => client.send(publish('a/b', ++sent)), 100);
  onTestFinished(() => clearInterval(sending));
  // It would be cut off after 1.5 s without a packet [MQTT-3.1.2-24].
  await vi.waitFor(() => expect(client.commands().filter((cmd) => cmd === 'puback')).toHaveLength(25), {
    timeout: 10_000,
  });
  expect(client.closed).toBe(false);
});
