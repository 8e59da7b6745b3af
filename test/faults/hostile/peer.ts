import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { generate, type IConnectPacket, type Packet } from 'mqtt-packet';
import { onTestFinished } from 'vitest';
import { connectPacket, publishPacket } from '../../support/packets.ts';

export const open = (port: number): Socket => {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
};

export const isOpen = (socket: Socket): boolean => !socket.destroyed && socket.readyState === 'open';

/** Connects by hand and waits for the answer. */
export const enter = async (
  port: number,
  clientId: string,
  changes: Partial<IConnectPacket> = {},
): Promise<Socket> => {
  const socket = open(port);
  socket.write(generate(connectPacket(clientId, changes)));
  await once(socket, 'data');
  return socket;
};

export const publishOf = (
  topic: string,
  messageId: number,
  payload: string | Buffer,
  qos: 0 | 1 | 2 = 1,
): Packet => publishPacket(topic, messageId, { payload, qos });

/** Writes bytes, says goodbye and waits until the other side has ended it. */
export const say = (port: number, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
    socket.end(bytes);
  });

/** Writes as fast as the other side takes it, and waits no longer than a moment where it takes nothing. */
export const push = async (socket: Socket, bytes: Buffer): Promise<void> => {
  const isTaken = socket.writableLength > 1_000_000 || socket.write(bytes);
  await new Promise((resolve) => setImmediate(resolve));
  if (isTaken && socket.writableLength === 0) return;
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      socket.off('drain', goOn);
      resolve();
    };
    socket.on('drain', goOn);
    AbortSignal.timeout(50).addEventListener('abort', goOn);
  });
};
