import { createConnection } from 'node:net';
import { generate, type IConnectPacket } from 'mqtt-packet';
import { expect, onTestFinished, test, vi } from 'vitest';
import { brokerOf, connect, publish, RawClient } from '../test/support/gateway.ts';
import { rulesOf } from './broker-rules.ts';

const topic = 'aperto/1/via-rossini/seat/S07';
const versions = [4, 5] as const;

/** A connection from one of the many addresses that this machine has. */
const connectFrom = (
  port: number,
  localAddress: string,
): { isClosed: () => boolean; destroy: () => void } => {
  let isClosed = false;
  const socket = createConnection({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isClosed = true;
  });
  socket.resume();
  onTestFinished(() => void socket.destroy());
  return { isClosed: () => isClosed, destroy: () => void socket.destroy() };
};

const serves = async (port: number): Promise<void> => {
  const client = await connect(port);
  await client.publishAsync(topic, 'x', { qos: 1 });
};

test('who does not say who it is in time is cut off, also one byte at a time', async () => {
  const { port, broker, warnings } = await brokerOf({ rules: { connectTimeoutMs: 300 } });
  const silent = new RawClient(port);
  const slow = new RawClient(port);
  const bytes = generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: 'a',
    keepalive: 0,
  });
  let at = 0;
  const drip = setInterval(() => slow.socket.write(bytes.subarray(at, ++at)), 50);
  onTestFinished(() => clearInterval(drip));
  await silent.ended();
  await slow.ended();
  expect(at).toBeLessThan(bytes.length);
  expect(broker.connections()).toBe(0);
  expect(warnings).toEqual([expect.stringContaining('connect did not arrive in time')]);
  await serves(port);
});

test.each(versions)('a packet has so long from its first byte to its last, v%d', async (version) => {
  const { port, warnings } = await brokerOf({ rules: { packetTimeoutMs: 500 } });
  const halves = await Promise.all(
    ['header', 'body'].map(async (name) => {
      const client = await new RawClient(port, version).connect(name);
      // Without a keepalive nothing else would ever end it.
      client.socket.write(name === 'header' ? Buffer.from([0x32]) : Buffer.from([0x32, 100, 0, 1, 0x61]));
      return client;
    }),
  );
  const whole = await new RawClient(port, version).connect('whole');
  for (const half of halves) await half.ended();
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toContain('a packet did not arrive in time');
  whole.send(publish(topic, 1));
  await vi.waitFor(() => expect(whole.commands()).toContain('puback'));
});

test('what is not complete has so many bytes in all; the one that began first goes', async () => {
  const { port, broker } = await brokerOf({ rules: { partialPacketBytesMax: 400_000 } });
  const begin = async (name: string): Promise<RawClient> => {
    const client = await new RawClient(port).connect(name);
    // 200 kB announced, 150 kB there.
    client.socket.write(
      Buffer.concat([Buffer.from([0x30, 0xc0, 0x9a, 0x0c, 0, 1, 0x61]), Buffer.alloc(150_000)]),
    );
    return client;
  };
  const first = await begin('first');
  const second = await begin('second');
  await serves(port);
  expect([first.closed, second.closed]).toEqual([false, false]);
  const third = await begin('third');
  await first.ended();
  expect([second.closed, third.closed, broker.connections()]).toEqual([false, false, 3]);
});

const connectOf = (changes: Partial<IConnectPacket>): IConnectPacket => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: 'a',
  keepalive: 0,
  ...changes,
});

const willOf = (bytes: number) => ({ topic, payload: Buffer.alloc(bytes), qos: 1 as const, retain: false });

test.each(versions)('CONNECT and the will in it have so many bytes, v%d', async (version) => {
  const { willBytesMax, gate } = rulesOf();
  const { port, warnings } = await brokerOf();
  const attempt = (changes: Partial<IConnectPacket>): RawClient => {
    const client = new RawClient(port, version);
    client.send(connectOf({ protocolVersion: version, ...changes }));
    return client;
  };
  const fits = attempt({ clientId: 'fits', will: willOf(willBytesMax) });
  await vi.waitFor(() => expect(fits.commands()).toEqual(['connack']));
  const large = attempt({ will: willOf(willBytesMax + 1) });
  await large.ended();
  const huge = attempt({ username: 'x', password: Buffer.alloc(gate.connectBytesMax) });
  await huge.ended();
  expect([large.packets, huge.packets]).toEqual([[], []]);
  expect(warnings.map((line) => line.replace(/\d+/, 'N'))).toEqual([
    'MQTT connection closed: a will has at most N bytes',
    'MQTT connection closed: CONNECT is too large',
  ]);
});

test('so many connections from one address and in all', async () => {
  const rules = { connectionsPerAddressMax: 2, connectionsMax: 5, isExempt: () => false };
  const { port, warnings } = await brokerOf({ rules });
  const open = ['127.0.0.2', '127.0.0.2', '127.0.0.3', '127.0.0.3'].map((from) => connectFrom(port, from));
  const third = connectFrom(port, '127.0.0.3');
  await vi.waitFor(() => expect(third.isClosed()).toBe(true));
  expect(warnings).toEqual(['MQTT connection refused: there are too many connections from 127.0.0.3']);
  open[3]?.destroy();
  await serves(port);
  const again = connectFrom(port, '127.0.0.3');
  const last = connectFrom(port, '127.0.0.5');
  await vi.waitFor(() => expect(last.isClosed()).toBe(true));
  expect([again, ...open.slice(0, 3)].map((each) => each.isClosed())).toEqual(Array(4).fill(false));
  expect(warnings.at(-1)).toBe('MQTT connection refused: there are too many connections');
});

test('two clients of one id that take the session from each other for ever are slowed and named', async () => {
  const { port, broker, warnings } = await brokerOf({ rules: { returns: { burst: 4, everyMs: 300 } } });
  const twins = [0, 1].map(() => {
    let taken = 0;
    const next = (): void => {
      const socket = createConnection(port, '127.0.0.1');
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', () => taken++);
      socket.on('close', () => {
        sockets.delete(socket);
        if (!isOver) next();
      });
      socket.write(generate(connectOf({ clientId: 'twin' })));
    };
    return { next, taken: () => taken };
  });
  const sockets = new Set<ReturnType<typeof createConnection>>();
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
    for (const socket of sockets) socket.destroy();
  });
  const began = performance.now();
  for (const { next } of twins) next();
  const taken = (): number => twins.reduce((sum, twin) => sum + twin.taken(), 0);
  await vi.waitFor(() => expect(taken()).toBeGreaterThanOrEqual(8), { timeout: 5_000 });
  // Five at once; three more at one in 300 ms, where two unlimited twins take thousands of turns a second.
  expect(performance.now() - began).toBeGreaterThan(600);
  expect(broker.limited()).toMatchObject([{ client: 'twin', offence: 'reconnects' }]);
  expect(warnings).toContainEqual(expect.stringContaining('two clients have one id'));
  await serves(port);
});

test('QoS 2 messages without a PUBREL are known again, all that there can be', async () => {
  const rules = { gate: { ...rulesOf().gate, messagesPerSecondMax: 0 } };
  const { port, accepted } = await brokerOf({ rules });
  const heard: number[] = [];
  const listener = await connect(port);
  listener.on('message', (_topic, payload) => heard.push(Number(payload)));
  await listener.subscribeAsync('aperto/#');
  const client = await new RawClient(port).connect('S07', { clean: false });
  const ids = Array.from({ length: 20_000 }, (_, index) => index * 3 + 1);
  client.send(...ids.map((id) => publish(topic, id, { qos: 2 })));
  const received = (): number => client.commands().filter((cmd) => cmd === 'pubrec').length;
  await vi.waitFor(() => expect(received()).toBe(ids.length), { timeout: 20_000 });
  client.send(
    ...ids.slice(0, 100).map((id) => publish(topic, id, { qos: 2, dup: true })),
    publish(topic, 2, { qos: 2 }),
  );
  await vi.waitFor(() => expect(received()).toBe(ids.length + 101));
  await vi.waitFor(() => expect(heard).toEqual([...ids, 2]));
  // The pipeline behind knows a repeat by itself.
  expect(accepted).toHaveLength(ids.length + 101);
});

test('retained messages are bounded by number and bytes; what is over it is delivered and not kept', async () => {
  const { port } = await brokerOf({ rules: { retained: { messagesMax: 3, bytesMax: 10_000 } } });
  const live: string[] = [];
  const listener = await connect(port);
  listener.on('message', (to) => live.push(to));
  await listener.subscribeAsync('#');
  const device = await connect(port);
  for (const name of ['a', 'b', 'c', 'd']) await device.publishAsync(name, 'x', { qos: 1, retain: true });
  await device.publishAsync('a', 'x'.repeat(9_000), { qos: 1, retain: true });
  await vi.waitFor(() => expect(live).toEqual(['a', 'b', 'c', 'd', 'a']));
  const late: string[] = [];
  const latecomer = await connect(port);
  latecomer.on('message', (to, payload) => late.push(`${to} ${payload}`));
  await latecomer.subscribeAsync('#');
  await device.publishAsync('e', 'end', { qos: 1 });
  await vi.waitFor(() => expect(late.toSorted()).toEqual(['a x', 'b x', 'c x', 'e end']));
});

test.each(versions)('subscriptions are bounded in all, and given back by who goes, v%d', async (version) => {
  const { port, broker } = await brokerOf({ rules: { subscriptionsMax: 5 } });
  const subscribe = async (name: string): Promise<boolean[]> => {
    const client = await new RawClient(port, version).connect(name);
    const subscriptions = ['1', '2', '3'].map((filter) => ({ topic: `${name}/${filter}`, qos: 0 as const }));
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('suback'));
    const suback = client.packets.at(-1);
    if (name === 'first') client.socket.destroy();
    return suback?.cmd === 'suback' ? suback.granted.map((code) => Number(code) < 0x80) : [];
  };
  expect(await subscribe('first')).toEqual([true, true, true]);
  await vi.waitFor(() => expect(broker.connections()).toBe(0));
  expect(await subscribe('second')).toEqual([true, true, true]);
  expect(await subscribe('third')).toEqual([true, true, false]);
});

test.each(versions)(
  'a filter that is too long or malformed is refused, and the rest stands, v%d',
  async (version) => {
    const { port } = await brokerOf();
    const client = await new RawClient(port, version).connect('a', { clean: false });
    const filters = ['x'.repeat(257), 'a\u0000b', 'a\ufffdb', 'fine/#'];
    client.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: filters.map((each) => ({ topic: each, qos: 1 })),
    });
    await vi.waitFor(() => expect(client.packets.at(-1)?.cmd).toBe('suback'));
    const suback = client.packets.at(-1);
    const granted = suback?.cmd === 'suback' ? suback.granted.map((code) => Number(code) < 0x80) : [];
    expect(granted).toEqual([false, false, false, true]);
  },
);
