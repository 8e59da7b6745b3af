import { expect, test, vi } from 'vitest';
import { bookOf, userCredential, usersOf } from '../test/support/credentials.ts';
import { brokerOf, connect, RawClient } from '../test/support/gateway.ts';

const topic = 'aperto/1/via-rossini/seat/S07';
const hears = { role: 'dashboard', publish: [], subscribe: ['aperto/1/via-rossini/#'] } as const;
const board = (name: string, secret = `the secret of ${name}`) =>
  userCredential(name, secret, { ...hears, publish: [], subscribe: [...hears.subscribe] });
const as = (username: string, password = `the secret of ${username}`) => ({
  username,
  password: Buffer.from(password),
  clean: false,
});

/** A broker with two boards and a device; a message waits for the board "one", which is away. */
const withWaiting = async () => {
  const device = await userCredential('S07', 'the secret of S07');
  const boards = [await board('one'), await board('two')];
  const { book, write } = bookOf(device, ...boards);
  const gateway = await brokerOf({ users: usersOf(book) });
  const first = await new RawClient(gateway.port).connect('screen', as('one'));
  first.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] });
  await vi.waitFor(() => expect(first.packets.at(-1)).toMatchObject({ cmd: 'suback', granted: [1] }));
  first.socket.destroy();
  await vi.waitFor(() => expect(gateway.broker.connections()).toBe(0));
  const seat = await connect(gateway.port, { username: 'S07', password: 'the secret of S07' });
  await seat.publishAsync(topic, 'waits', { qos: 1 });
  return { ...gateway, device, boards, write };
};

const heardBy = ({ packets }: RawClient): string[] =>
  packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet.payload.toString()] : []));

test('what waits for a client that is away is for its own user alone', async () => {
  const { port } = await withWaiting();
  const thief = await new RawClient(port).connect('screen', as('two'));
  expect(thief.packets).toMatchObject([{ cmd: 'connack', returnCode: 2 }]);
  const owner = await new RawClient(port).connect('screen', as('one'));
  await vi.waitFor(() => expect(heardBy(owner)).toEqual(['waits']));
});

test('a device that gets a user of its own takes its client id along, and nothing that waited for it', async () => {
  const password = 'a password that all share';
  const { book } = bookOf(await board('one'));
  const { port, broker } = await brokerOf({ users: usersOf(book, { password }) });
  const before = await new RawClient(port).connect('screen', as('anything', password));
  before.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 1 }] });
  await vi.waitFor(() => expect(before.packets.at(-1)?.cmd).toBe('suback'));
  before.socket.destroy();
  await vi.waitFor(() => expect(broker.connections()).toBe(0));
  const seat = await connect(port, { username: 'x', password });
  await seat.publishAsync(topic, 'waits', { qos: 1 });
  const after = await new RawClient(port).connect('screen', as('one'));
  expect(after.packets).toMatchObject([{ cmd: 'connack', returnCode: 0, sessionPresent: false }]);
  after.send({ cmd: 'pingreq' });
  await vi.waitFor(() => expect(after.commands()).toContain('pingresp'));
  expect(heardBy(after)).toEqual([]);
});

test('nothing waits any more for a user whose credential changed', async () => {
  const { port, device, boards, write } = await withWaiting();
  write(device, await board('one', 'a new secret of one'), ...boards.slice(1));
  const again = await vi.waitFor(async () => {
    const client = await new RawClient(port).connect('screen', as('one', 'a new secret of one'));
    expect(client.packets).toMatchObject([{ cmd: 'connack', returnCode: 0, sessionPresent: false }]);
    return client;
  });
  again.send({ cmd: 'pingreq' });
  await vi.waitFor(() => expect(again.commands()).toContain('pingresp'));
  expect(heardBy(again)).toEqual([]);
});
