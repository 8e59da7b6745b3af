import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';
import { onTestFinished } from 'vitest';

const everyMs = 10;
const topic = 'aperto/1/via-rossini/seat/S01';

export interface Seen {
  readonly messages: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** From publish to PUBACK, also of one that has no answer yet. */
  readonly longestMs: number;
  /** Resident memory of the gateway's process, as Linux tells it: the most that was seen. */
  readonly memoryMb: number;
}

export const memoryMbOf = (pid: number): number => {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
};

/** A device that does all as it should while others do not, and what it waits for. */
export class Witness {
  readonly #client: mqtt.MqttClient;
  readonly #pid: number;
  #delays: number[] = [];
  #memoryMb = 0;
  #since: number | undefined;

  private constructor(client: mqtt.MqttClient, pid: number) {
    this.#client = client;
    this.#pid = pid;
    const ticking = setInterval(() => this.#tick(), everyMs);
    onTestFinished(() => clearInterval(ticking));
  }

  static async start(port: number, pid: number): Promise<Witness> {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
      clientId: 'witness',
      reconnectPeriod: 0,
    });
    onTestFinished(() => client.endAsync(true));
    return new Witness(client, pid);
  }

  get isConnected(): boolean {
    return this.#client.connected;
  }

  /** What it saw since it was last asked. */
  take(): Seen {
    const waiting = this.#since === undefined ? [] : [performance.now() - this.#since];
    const delays = [...this.#delays, ...waiting].sort((a, b) => a - b);
    const memoryMb = this.#memoryMb;
    this.#delays = [];
    this.#memoryMb = 0;
    const at = (part: number): number => delays[Math.floor((delays.length - 1) * part)] ?? 0;
    return {
      messages: delays.length,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      longestMs: delays.at(-1) ?? 0,
      memoryMb,
    };
  }

  #tick(): void {
    this.#memoryMb = Math.max(this.#memoryMb, memoryMbOf(this.#pid));
    if (this.#since !== undefined) return;
    const began = performance.now();
    this.#since = began;
    const payload = JSON.stringify({ t: Date.now(), occupied: true });
    this.#client.publish(topic, payload, { qos: 1 }, () => {
      this.#delays.push(performance.now() - began);
      this.#since = undefined;
    });
  }
}
