import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';

/**
 * Devices that are mostly silent: each has a connection of its own and sends one QoS 1 reading a minute, evenly spread.
 * Runs in a process of its own: `node crowd.js '{"port":1883,…}'`; a line of JSON once all are connected, one at the end.
 */
export interface CrowdOptions {
  readonly port: number;
  readonly devices: number;
  readonly seconds: number;
}

export interface CrowdResult {
  readonly messages: number;
  /** Publish to PUBACK. */
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Connections that the server ended. */
  readonly lost: number;
}

const minuteMs = 60_000;
const tickMs = 20;
/** CONNECT packets that wait for their answer at one time. */
const together = 100;

export const deviceId = (index: number): string => `D${String(index + 1).padStart(5, '0')}`;

const topicOf = (index: number): string => `aperto/1/via-rossini/seat/${deviceId(index)}`;

const enter = (port: number, index: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('data', () => resolve(socket));
    const clientId = deviceId(index);
    const version = { protocolId: 'MQTT', protocolVersion: 4 } as const;
    socket.write(generate({ cmd: 'connect', clientId, keepalive: 120, clean: true, ...version }));
  });

const enterAll = async (port: number, count: number): Promise<Socket[]> => {
  const sockets: Socket[] = [];
  for (let from = 0; from < count; from += together) {
    const some = Array.from({ length: Math.min(together, count - from) }, (_, index) =>
      enter(port, from + index),
    );
    sockets.push(...(await Promise.all(some)));
  }
  return sockets;
};

const reading = (index: number): Buffer =>
  generate({
    cmd: 'publish',
    topic: topicOf(index),
    payload: JSON.stringify({ t: Date.now(), occupied: index % 2 === 0 }),
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  });

const run = async ({ port, devices, seconds }: CrowdOptions): Promise<void> => {
  const sockets = await enterAll(port, devices);
  process.stdout.write(`${JSON.stringify({ connected: sockets.length })}\n`);
  const sentAt = new Float64Array(devices);
  const delays: number[] = [];
  let lost = 0;
  for (const [index, socket] of sockets.entries()) {
    socket.on('data', () => delays.push(performance.now() - (sentAt[index] ?? 0)));
    socket.once('close', () => lost++);
  }
  const began = performance.now();
  for (let next = 0; performance.now() - began < seconds * 1_000; ) {
    const due = ((performance.now() - began) / minuteMs) * devices;
    for (; next < due; next++) {
      const index = next % devices;
      sentAt[index] = performance.now();
      sockets[index]?.write(reading(index));
    }
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  delays.sort((a, b) => a - b);
  const p99Ms = delays[Math.floor((delays.length - 1) * 0.99)] ?? 0;
  const result: CrowdResult = { messages: delays.length, p99Ms, maxMs: delays.at(-1) ?? 0, lost };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  for (const socket of sockets) socket.destroy();
};

if (process.argv[1] === import.meta.filename) await run(JSON.parse(process.argv[2] ?? '{}'));
