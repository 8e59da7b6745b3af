import { createServer, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from './loopback.ts';
import { publishPacket } from './packets.ts';

/** One connection as the broker sees it. */
export interface Visit {
  /** What the client sent, in order. */
  readonly packets: Packet[];
  /** Writes in which PUBACKs came, each with the packet ids in it. */
  readonly acks: number[][];
  readonly socket: Socket;
  send(...packets: readonly Packet[]): void;
}

export interface ScriptedBroker {
  readonly url: string;
  readonly visits: Visit[];
}

/** What to do with a packet; the usual answers are given where it returns nothing. */
export type Script = (packet: Packet, visit: Visit) => 'handled' | undefined;

export const connack = (changes: object = {}): Packet => ({
  cmd: 'connack',
  sessionPresent: false,
  reasonCode: 0,
  ...changes,
});

export const delivery = (messageId: number, changes: object = {}): Packet =>
  publishPacket('aperto/1/via-rossini/seat/S07', messageId, changes);

/** An MQTT 5 broker of the running test that says what it is told to: what a real one does only when it is ill. */
export const scriptedBroker = async (script: Script = () => undefined): Promise<ScriptedBroker> => {
  const visits: Visit[] = [];
  const server = createServer((socket) => {
    const visit: Visit = {
      packets: [],
      acks: [],
      socket,
      send: (...packets) =>
        void socket.write(Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion: 5 })))),
    };
    visits.push(visit);
    const parse = parser({ protocolVersion: 5 });
    let acked: number[] = [];
    parse.on('packet', (packet) => {
      visit.packets.push(packet);
      if (packet.cmd === 'puback') acked.push(packet.messageId ?? 0);
      else if (script(packet, visit) === undefined) answer(packet, visit);
    });
    socket.on('data', (bytes) => {
      acked = [];
      parse.parse(bytes);
      if (acked.length > 0) visit.acks.push(acked);
    });
    socket.on('error', () => socket.destroy());
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    for (const { socket } of visits) socket.destroy();
    server.close();
  });
  return { url: `mqtt://127.0.0.1:${port}`, visits };
};

const answer = (packet: Packet, { send, socket }: Visit): void => {
  if (packet.cmd === 'connect') send(connack());
  if (packet.cmd === 'subscribe')
    send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 1) });
  if (packet.cmd === 'unsubscribe')
    send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: packet.unsubscriptions.map(() => 0) });
  if (packet.cmd === 'pingreq') send({ cmd: 'pingresp' });
  if (packet.cmd === 'disconnect') socket.end();
};
