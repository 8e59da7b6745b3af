import { expect, it, vi } from 'vitest';
import { connack, type Script, scriptedBroker } from '../../test/support/scripted-broker.ts';
import { defaultTimings } from './access.ts';
import { Connection } from './connection.ts';

const connectTo = async (script: Script, keepaliveS = 30): Promise<Connection> => {
  const { url } = await scriptedBroker(script);
  const timings = { ...defaultTimings, answerTimeoutMs: 200, keepaliveS };
  const options = { url, clientId: 'w', keepsSession: true, receiveMaximum: 10, timings };
  return Connection.open(options, () => Promise.resolve(), new AbortController().signal);
};

const refusing =
  (reasonCode: number): Script =>
  (packet, { send, socket }) => {
    if (packet.cmd !== 'connect') return undefined;
    send(connack({ reasonCode }));
    socket.end();
    return 'handled';
  };

it.each([
  [0x84, 'MQTT 5', false],
  [0x85, '--worker-id', false],
  [0x86, 'APERTO_BROKER_PASSWORD', false],
  [0x87, 'not authorised', false],
  [0x88, 'not available', true],
  [0x89, 'busy', true],
  [0x9f, 'too many connections', true],
])('says what CONNACK with reason code %i means, in one line', async (code, word, retry) => {
  const failure = await connectTo(refusing(code)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'config', retry, message: expect.stringContaining(word) });
  expect(String(failure)).toMatch(/broker mqtt:\/\/127\.0\.0\.1:\d+: refused to connect: .+$/);
});

it('says that a broker of MQTT 3.1.1 is too old [MQTT-3.1.2-2]', async () => {
  const script: Script = (packet, { socket }) => {
    if (packet.cmd !== 'connect') return undefined;
    socket.end(Buffer.from([0x20, 2, 0, 1]));
    return 'handled';
  };
  await expect(connectTo(script)).rejects.toMatchObject({
    retry: false,
    message: expect.stringContaining('MQTT 5'),
  });
});

it.each([
  [0x87, 'not authorised', false],
  [0x9e, 'no shared subscriptions', false],
  [0xa2, 'no wildcard subscriptions', false],
  [0x97, 'quota', true],
])('says what SUBACK with reason code %i means', async (code, word, retry) => {
  const connection = await connectTo((packet, { send }) => {
    if (packet.cmd !== 'subscribe') return undefined;
    send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [1, code] });
    return 'handled';
  });
  await expect(connection.subscribe(['a', 'b'], 1, 2)).rejects.toMatchObject({
    retry,
    message: expect.stringMatching(new RegExp(`refused to subscribe to a and 1 more: .*${word}`)),
  });
  await connection.close();
});

it.each([
  [0x8e, 'another client has connected as "w"', false],
  [0x8b, 'shutting down', true],
])('says why the broker said goodbye with reason code %i', async (reasonCode, word, retry) => {
  const connection = await connectTo((packet, { send, socket }) => {
    if (packet.cmd !== 'subscribe') return undefined;
    send({ cmd: 'disconnect', reasonCode });
    socket.end();
    return 'handled';
  });
  await expect(connection.subscribe(['a'], 1, 2)).rejects.toMatchObject({
    retry,
    message: expect.stringContaining(word),
  });
});

it.each(['connect', 'subscribe'])(
  'waits no longer than agreed for a broker that does not answer %s',
  async (silent) => {
    const script: Script = ({ cmd }) => (cmd === silent ? 'handled' : undefined);
    const attempt = async (): Promise<void> => {
      const connection = await connectTo(script);
      await connection.subscribe(['a'], 1, 2).finally(() => connection.close());
    };
    await expect(attempt()).rejects.toMatchObject({ retry: true });
  },
);

it('ends a connection on which the broker talks nonsense', async () => {
  const script: Script = (packet, visit) => {
    if (packet.cmd !== 'connect') return undefined;
    visit.send(connack());
    visit.socket.write(Buffer.from([0xf7, 0xff, 0xff, 0xff, 0xff, 0xff]));
    return 'handled';
  };
  const connection = await connectTo(script);
  await vi.waitFor(async () => expect(await connection.ended).toMatchObject({ retry: true }));
});

it('gives up a broker that has fallen silent [MQTT-3.1.2-22]', async () => {
  const connection = await connectTo(({ cmd }) => (cmd === 'pingreq' ? 'handled' : undefined), 1);
  await expect(connection.ended).resolves.toMatchObject({
    retry: true,
    message: expect.stringContaining('Keepalive timeout'),
  });
});
