import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'mqtt-packet';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { imbalance } from '../../ingest/ledger.ts';
import { type RunningAperto, startAperto } from '../support/aperto.ts';
import { Mutants } from './hostile/mutants.ts';
import { enter, isOpen, open, publishOf, push, say } from './hostile/peer.ts';
import { memoryMbOf, type Seen, Witness } from './hostile/witness.ts';

/** A short form; TORTURE_PACKETS=1000000 and TORTURE_SECONDS=10 make a long one, which prints what it saw. */
const { TORTURE_PACKETS, TORTURE_SECONDS = '1', TORTURE_SEED = '20261123' } = process.env;
const packets = Number(TORTURE_PACKETS ?? 20_000);
const seconds = Number(TORTURE_SECONDS);
const topic = 'aperto/1/via-rossini/seat/S02';
const timeout = 60_000 + packets;

const data = mkdtempSync(join(tmpdir(), 'aperto-hostile-'));
let aperto: RunningAperto;
let port: number;
let memoryMbAtStart: number;

beforeAll(async () => {
  // As in the image.
  aperto = await startAperto({ data, isAsShipped: true, environment: { MALLOC_ARENA_MAX: '2' } });
  port = Number(new URL(aperto.mqtt).port);
  memoryMbAtStart = memoryMbOf(aperto.pid);
});

afterAll(async () => {
  await aperto.stop();
  rmSync(data, { recursive: true, force: true });
});

/** What a well-behaved device and the operating system say while others do their worst. */
const watched = async (name: string, work: () => Promise<unknown>): Promise<Seen> => {
  const witness = await Witness.start(port, aperto.pid);
  await vi.waitFor(() => expect(witness.take().messages).toBeGreaterThan(1));
  const began = performance.now();
  await work();
  const seen = witness.take();
  expect(witness.isConnected).toBe(true);
  if (TORTURE_PACKETS !== undefined) {
    const figures = [
      `${((performance.now() - began) / 1000).toFixed(1)} s`,
      `p50 ${seen.p50Ms.toFixed(1)} ms`,
      `p99 ${seen.p99Ms.toFixed(1)} ms`,
      `longest ${seen.longestMs.toFixed(0)} ms`,
      `memory ${seen.memoryMb.toFixed(0)} MB`,
    ];
    process.stdout.write(`${name.padEnd(44)} ${figures.join('  ')}\n`);
  }
  return seen;
};

/** Generous where others share the machine; one frozen subscriber alone holds an aedes without limits up for longer. */
const expectWell = ({ messages, longestMs, memoryMb }: Seen): void => {
  expect(messages).toBeGreaterThan(0);
  expect(longestMs).toBeLessThan(4_500);
  expect(memoryMb - memoryMbAtStart).toBeLessThan(250);
};

/** Does something again and again for the time of the test. */
const forSeconds = async (work: () => Promise<unknown>): Promise<void> => {
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) await work();
};

test(`${packets} mutated packets`, { timeout }, async () => {
  const mutants = new Mutants(Number(TORTURE_SEED));
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < packets) {
      const session = mutants.next();
      sent += session.packets;
      await say(port, session.bytes);
    }
  };
  const seen = await watched(`${packets} mutated packets`, () =>
    Promise.all(Array.from({ length: 8 }, worker)),
  );
  expect(sent).toBeGreaterThanOrEqual(packets);
  expectWell(seen);
});

test('bodies of 254 MB before and after CONNECT, as far as they are taken', { timeout }, async () => {
  // Remaining length 266,338,304 [MQTT-2.2.3].
  const header = (type: number): Buffer => Buffer.from([type, 0x80, 0x80, 0x80, 0x7f]);
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const flood = async (isConnected: boolean, index: number): Promise<number> => {
    const socket = isConnected ? await enter(port, `large-${index}`) : open(port);
    let taken = 0;
    socket.write(header(isConnected ? 0x32 : 0x10));
    const push = (): void => {
      while (taken < 254 && isOpen(socket) && socket.write(piece)) taken++;
    };
    socket.on('drain', push);
    socket.once('connect', push);
    push();
    await vi.waitFor(() => expect(isOpen(socket)).toBe(false), { timeout: 10_000 });
    return taken;
  };
  const seen = await watched('16 bodies of 254 MB', async () => {
    const taken = await Promise.all(Array.from({ length: 16 }, (_, index) => flood(index % 2 === 0, index)));
    expect(Math.max(...taken)).toBeLessThan(50);
  });
  expectWell(seen);
});

test('headers and halves of packets without the rest', { timeout }, async () => {
  const half = Buffer.concat([Buffer.from([0x32, 0xc0, 0x9a, 0x0c, 0, 1, 0x61]), Buffer.alloc(150_000)]);
  const seen = await watched('400 packets of 200 kB without their end', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 400 }, async (_, index) => {
        const socket = await enter(port, `half-${index}`);
        socket.write(index % 4 === 0 ? half.subarray(0, 5) : half);
        return socket;
      }),
    );
    // 300 of them would be 45 MB, where 16 are room for all: those that began first have to go.
    await vi.waitFor(() => expect(sockets.filter((socket) => !isOpen(socket)).length).toBeGreaterThan(150));
    expect(sockets.filter(isOpen).length).toBeGreaterThan(50);
  });
  expectWell(seen);
});

test('1,000 silent connections, and some of one byte now and then', { timeout }, async () => {
  const seen = await watched('1,000 silent connections', async () => {
    const sockets = Array.from({ length: 1_000 }, () => open(port));
    await vi.waitFor(() => expect(sockets.every(isOpen)).toBe(true), { timeout: 10_000 });
    const bytes = generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: 'slow',
      keepalive: 0,
    });
    for (const [index, socket] of sockets.slice(0, 100).entries())
      socket.write(bytes.subarray(0, (index % 10) + 1));
    const latecomer = await enter(port, 'latecomer');
    expect(isOpen(latecomer)).toBe(true);
    if (seconds >= 10) {
      await vi.waitFor(() => expect(sockets.some(isOpen)).toBe(false), { timeout: 15_000, interval: 200 });
    }
  });
  expectWell(seen);
});

test('topics with NUL and of bytes that are no UTF-8', { timeout }, async () => {
  const topics = [
    Buffer.from('a\u0000b'),
    Buffer.from([0x61, 0xff, 0x62]),
    Buffer.from([0xc0, 0x80]),
    Buffer.from([0xed, 0xa0, 0x80]),
  ];
  let count = 0;
  const one = async (): Promise<void> => {
    const bytes = topics[count++ % topics.length] ?? Buffer.alloc(0);
    const socket = await enter(port, `odd-${count}`);
    socket.write(
      Buffer.concat([
        Buffer.from([0x32, bytes.length + 5, 0, bytes.length]),
        bytes,
        Buffer.from([0, 1, 0x78]),
      ]),
    );
    await vi.waitFor(() => expect(isOpen(socket)).toBe(false), { interval: 2 });
  };
  expectWell(
    await watched('topics that are none', () => forSeconds(() => Promise.all([one(), one(), one(), one()]))),
  );
});

test('a frozen subscriber', { timeout }, async () => {
  const frozen = await enter(port, 'frozen');
  frozen.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 1 }] }));
  frozen.pause();
  const publisher = await enter(port, 'publisher');
  publisher.resume();
  const payload = Buffer.alloc(10_000, ' ');
  let id = 0;
  const burst = (): Promise<void> => {
    const bytes = Array.from({ length: 50 }, () => generate(publishOf(topic, (id++ % 60_000) + 1, payload)));
    return push(publisher, Buffer.concat(bytes));
  };
  const isNamed = (): boolean => aperto.said().includes('does not read what it subscribed to');
  const seen = await watched('a frozen subscriber and 10 kB messages', async () => {
    await forSeconds(burst);
    while (!isNamed()) await burst();
  });
  expectWell(seen);
});

test.each([
  ['valid messages as fast as they go', () => Buffer.from(`{"t":${Date.now()},"occupied":true}`)],
  ['payloads that are no readings as fast as they go', () => Buffer.from('{"occupied":')],
])('one client, %s', { timeout }, async (name, payload) => {
  const client = name.replaceAll(/[^a-z]/g, '-').slice(0, 30);
  const flooder = await enter(port, client);
  flooder.resume();
  let id = 0;
  const burst = (): Promise<void> => {
    const bytes = Array.from({ length: 200 }, () =>
      generate(publishOf(topic, (id++ % 60_000) + 1, payload())),
    );
    return push(flooder, Buffer.concat(bytes));
  };
  expectWell(await watched(name, () => forSeconds(burst)));
});

test('whoever came, the books balance and the offenders were named', async () => {
  const ledger = await aperto.ledger();
  expect(imbalance(ledger)).toBe(0);
  expect(ledger.refused).toMatchObject({
    packet_too_large: expect.any(Number),
    malformed_topic: expect.any(Number),
  });
  expect(aperto.said()).toContain('sends payloads that are no readings');
  expect(aperto.said()).not.toMatch(/unhandled|uncaught/i);
});
