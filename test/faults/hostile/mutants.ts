import { generate, type Packet } from 'mqtt-packet';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Session {
  readonly bytes: Buffer;
  readonly packets: number;
}

const names = [
  'aperto/1/via-rossini/seat/S07',
  '__proto__',
  '$SYS/x',
  '$share/g/a',
  '#',
  '+/a',
  'a//b',
  '/',
  'a\u0000b',
  'é',
];
const packetsPerSession = 50;

/** Sessions of packets of which many are damaged: the same ones for a seed, each of about 50 packets. */
export class Mutants {
  readonly #random: ReturnType<typeof xoroshiro128plus>;
  #session = 0;

  constructor(seed: number) {
    this.#random = xoroshiro128plus(seed);
  }

  next(): Session {
    const version = this.#below(2) === 0 ? 4 : 5;
    // One in eight says something before CONNECT, or never connects.
    const head = this.#below(8) === 0 ? [] : [this.#connect(version)];
    const rest = Array.from({ length: packetsPerSession - head.length }, () => this.#mutant(version));
    const all = [...head, ...rest];
    this.#session++;
    return { bytes: Buffer.concat(all), packets: all.length };
  }

  #connect(protocolVersion: 4 | 5): Buffer {
    const will = { topic: this.#name(), payload: Buffer.from('gone'), qos: this.#qos(), retain: false };
    return generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion,
      clean: this.#below(2) === 0,
      clientId: `mutant-${this.#session % 500}-${this.#below(1e6)}`,
      keepalive: this.#below(3),
      ...(this.#below(3) === 0 ? { will } : {}),
    });
  }

  #mutant(protocolVersion: 4 | 5): Buffer {
    const bytes = this.#generate(protocolVersion);
    if (this.#below(3) > 0) return bytes;
    const kind = this.#below(4);
    if (kind === 0) return bytes.subarray(0, this.#below(bytes.length + 1));
    if (kind === 1) return Buffer.concat([bytes, Buffer.from([this.#below(256), this.#below(256)])]);
    for (let change = this.#below(3) + 1; change > 0; change--)
      bytes[this.#below(bytes.length)] = this.#below(256);
    return bytes;
  }

  /** The generator refuses some topics; nothing is sent for them. */
  #generate(protocolVersion: 4 | 5): Buffer {
    try {
      return generate(this.#packet(), { protocolVersion });
    } catch (error) {
      if (error instanceof Error) return Buffer.from([0xc0, 0]);
      throw error;
    }
  }

  #packet(): Packet {
    const messageId = this.#below(20) + 1;
    const kind = this.#below(8);
    if (kind === 0) {
      const subscriptions = Array.from({ length: this.#below(3) + 1 }, () => ({
        topic: this.#name(),
        qos: this.#qos(),
      }));
      return { cmd: 'subscribe', messageId, subscriptions };
    }
    if (kind === 1) return { cmd: 'unsubscribe', messageId, unsubscriptions: [this.#name()] };
    if (kind === 2) return { cmd: 'pingreq' };
    if (kind === 3) {
      const acks = ['puback', 'pubrec', 'pubrel', 'pubcomp'] as const;
      return { cmd: acks[this.#below(acks.length)] ?? 'puback', messageId };
    }
    return {
      cmd: 'publish',
      topic: this.#name(),
      payload: `{"occupied":${this.#below(2) === 0}}`.slice(this.#below(4) === 0 ? 3 : 0),
      qos: this.#qos(),
      messageId,
      dup: this.#below(2) === 0,
      retain: this.#below(4) === 0,
    };
  }

  #name(): string {
    return names[this.#below(names.length)] ?? '';
  }

  #qos(): 0 | 1 | 2 {
    const qos = this.#below(3);
    return qos === 0 ? 0 : qos === 1 ? 1 : 2;
  }

  #below(max: number): number {
    return max <= 1 ? 0 : uniformInt(this.#random, 0, max - 1);
  }
}
