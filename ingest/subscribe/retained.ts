import { setTimeout as wait } from 'node:timers/promises';
import type { IPublishPacket } from 'mqtt';
import type { ConnectionOptions } from './client.ts';
import { Connection, type Take } from './connection.ts';

const readMaxMs = 60_000;

/**
 * Reads what the broker retains on these filters: a shared subscription is never given it [MQTT5 §4.8.2], and it holds
 * the births and descriptions without which some devices cannot be read. A short connection of its own without a
 * session; ends when nothing more comes.
 */
export const readRetained = async (
  options: ConnectionOptions,
  filters: readonly string[],
  take: Take,
  signal: AbortSignal,
): Promise<void> => {
  let heardAt = performance.now();
  const onlyRetained = async (packet: IPublishPacket): Promise<void> => {
    // What is published meanwhile comes by the shared subscription.
    if (!packet.retain) return;
    heardAt = performance.now();
    await take(packet);
  };
  const connection = await Connection.open(
    { ...options, clientId: `${options.clientId}-retained`, keepsSession: false },
    onlyRetained,
    signal,
  );
  try {
    await connection.subscribe(filters, 0, 0);
    await connection.whileOpen(quiet(() => heardAt, options.timings.quietMs, signal));
  } finally {
    await connection.close();
  }
};

const quiet = async (heardAt: () => number, quietMs: number, signal: AbortSignal): Promise<void> => {
  const startedAt = performance.now();
  while (!signal.aborted) {
    const restMs = Math.min(heardAt() + quietMs, startedAt + readMaxMs) - performance.now();
    if (restMs <= 0) return;
    await wait(restMs, undefined, { signal }).catch(() => signal.aborted);
  }
};
