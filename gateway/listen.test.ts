import { createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { brokerOf, connect, RawClient } from '../test/support/gateway.ts';
import { createBroker } from './broker.ts';
import { listen } from './listen.ts';

const quiet = {
  accept: () => Promise.resolve({ kind: 'duplicate' } as const),
  refuse: () => undefined,
  clock: { now: () => 0 },
  log: { info: () => undefined, warn: () => undefined },
};

test('port 0 is a free one, and its number is told', async () => {
  const { port } = await brokerOf();
  expect(port).toBeGreaterThan(1_023);
  await connect(port);
});

test('a port that is taken is named with the flag that chooses another', async () => {
  const { port } = await brokerOf();
  const second = await createBroker(quiet);
  onTestFinished(() => second.close());
  await expect(second.listen('127.0.0.1', port)).rejects.toEqual(
    expect.objectContaining({
      code: 'address_in_use',
      message: `MQTT: 127.0.0.1:${port} is taken; choose another port with --mqtt-port (0 picks a free one)`,
    }),
  );
  expect((await second.listen('127.0.0.1', 0)).port).not.toBe(port);
});

test('an address that this machine does not have is named', async () => {
  const broker = await createBroker(quiet);
  onTestFinished(() => broker.close());
  await expect(broker.listen('192.0.2.1', 0)).rejects.toEqual(
    expect.objectContaining({
      code: 'config',
      message: expect.stringContaining('MQTT: cannot listen on 192.0.2.1:0'),
    }),
  );
});

test('an error of a connection that was never made does not end the process', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await listen(server, '127.0.0.1', 0, 'MQTT', '--mqtt-port');
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  onTestFinished(() => warned.mockRestore());
  // What Node says where the process has no file handle left for a connection.
  const error = new Error('accept EMFILE');
  expect(() => server.emit('error', error)).not.toThrow();
  expect(warned.mock.calls).toEqual([[error]]);
});

test('close ends those that never said who they are, at once', async () => {
  const { port, broker } = await brokerOf();
  const silent = new RawClient(port);
  const known = await new RawClient(port, 5).connect('a');
  await vi.waitFor(() => expect(silent.socket.pending).toBe(false));
  const began = performance.now();
  await broker.close();
  expect(performance.now() - began).toBeLessThan(2_000);
  await silent.ended();
  await known.ended();
  expect(known.packets.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8b });
  await expect(connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('close may come before listen, and twice', async () => {
  const broker = await createBroker(quiet);
  await broker.close();
  await broker.close();
  expect(broker.connections()).toBe(0);
});
