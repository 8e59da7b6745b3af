import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';

/**
 * A publisher that costs little beside what it measures: QoS 1 packets from a template, acks counted by their
 * fixed four bytes [MQTT-3.4]. Runs in a process of its own: `node publisher.js '{"port":1883,…}'`, one line of
 * JSON as the answer.
 */
export interface PublisherOptions {
  readonly port: number;
  readonly connections: number;
  /** Unacknowledged messages on each connection. */
  readonly window: number;
  readonly messages: number;
  /** Which day of the past the readings are of: another for each run, or they would be repeats. */
  readonly day: number;
  /** Messages a second over all connections; as fast as it goes where absent. */
  readonly rate?: number;
  /** Between the readings of one connection, by their own time; 1 where absent. */
  readonly stepMs?: number;
}

export interface PublisherResult {
  readonly messages: number;
  readonly seconds: number;
  /** Publish to PUBACK. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const stampDigits = 13;
/** How often messages at a steady rate are looked for. */
const tickMs = 1;

/** One seat's PUBLISH, made once; packet id and time are written into it for each message. */
class Template {
  readonly #packet: Buffer;
  readonly #idAt: number;
  readonly #stampAt: number;

  constructor(seat: string) {
    const topic = `aperto/1/via-rossini/seat/${seat}`;
    const payload = `{"t":${'0'.repeat(stampDigits)},"occupied":true}`;
    this.#packet = generate({
      cmd: 'publish',
      topic,
      payload,
      qos: 1,
      messageId: 1,
      dup: false,
      retain: false,
    });
    this.#stampAt = this.#packet.length - payload.length + '{"t":'.length;
    this.#idAt = this.#packet.length - payload.length - 2;
  }

  fill(messageId: number, stamp: number): Buffer {
    const packet = Buffer.from(this.#packet);
    packet.writeUInt16BE(messageId, this.#idAt);
    packet.write(String(stamp), this.#stampAt, stampDigits, 'latin1');
    return packet;
  }
}

class Connection {
  readonly #socket: Socket;
  readonly #template: Template;
  readonly #sentAt = new Float64Array(65_536);
  readonly #latencies: number[];
  readonly #stepMs: number;
  #nextId = 1;
  #stamp: number;
  #tail = Buffer.alloc(0);
  inFlight = 0;
  /** Called after acks came. */
  onAcks: () => void = () => undefined;

  private constructor(
    socket: Socket,
    index: number,
    { day, stepMs = 1 }: PublisherOptions,
    latencies: number[],
  ) {
    this.#socket = socket;
    this.#template = new Template(`S${String((index % 48) + 1).padStart(2, '0')}`);
    this.#latencies = latencies;
    this.#stepMs = stepMs;
    this.#stamp = Date.now() - day * 24 * 3_600_000 + Math.floor(index / 48) * 3_600_000;
    socket.on('data', (bytes) => this.#read(bytes));
  }

  static async open(options: PublisherOptions, index: number, latencies: number[]): Promise<Connection> {
    const socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true });
    socket.write(
      generate({
        cmd: 'connect',
        clientId: `bench-${index}`,
        keepalive: 0,
        clean: true,
        protocolId: 'MQTT',
        protocolVersion: 4,
      }),
    );
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('readable', () => {
        socket.read(4);
        resolve();
      });
    });
    return new Connection(socket, index, options, latencies);
  }

  /** So many messages, in one write: what is due at once leaves a device at once, and the processor is for the server. */
  send(messages: number): void {
    const now = performance.now();
    const packets: Buffer[] = [];
    for (let left = messages; left > 0; left--) {
      const id = this.#nextId;
      this.#nextId = id === 65_535 ? 1 : id + 1;
      this.#sentAt[id] = now;
      packets.push(this.#template.fill(id, this.#stamp));
      this.#stamp += this.#stepMs;
    }
    this.inFlight += messages;
    this.#socket.write(Buffer.concat(packets));
  }

  end(): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    const now = performance.now();
    let rest = this.#tail.length === 0 ? bytes : Buffer.concat([this.#tail, bytes]);
    for (; rest.length >= 4; rest = rest.subarray(4)) {
      if (rest[0] !== 0x40) throw new Error(`expected PUBACK, got packet type ${rest[0]}`);
      this.#latencies.push(now - (this.#sentAt[rest.readUInt16BE(2)] ?? now));
      this.inFlight--;
    }
    this.#tail = Buffer.from(rest);
    this.onAcks();
  }
}

const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

export const publish = async (options: PublisherOptions): Promise<PublisherResult> => {
  const { window, messages, rate } = options;
  const latencies: number[] = [];
  const connections = await Promise.all(
    Array.from({ length: options.connections }, (_, index) => Connection.open(options, index, latencies)),
  );
  const started = performance.now();
  let sent = 0;
  await new Promise<void>((done) => {
    const send = (connection: Connection, most: number): void => {
      const count = Math.min(most, window - connection.inFlight, messages - sent);
      if (count > 0) connection.send(count);
      sent += Math.max(count, 0);
    };
    let turn = 0;
    /** What is due by now, one message of each connection after the other. */
    const keepPace = (perSecond: number): void => {
      const due = Math.min(messages, ((performance.now() - started) / 1000) * perSecond);
      for (let left = Math.floor(due) - sent; left > 0; left--) {
        const connection = connections[turn++ % connections.length];
        if (connection !== undefined) send(connection, 1);
      }
    };
    const timer = rate === undefined ? undefined : setInterval(() => keepPace(rate), tickMs);
    for (const connection of connections) {
      connection.onAcks = () => {
        // An ack makes room for the next message. Waiting costs nothing: the processor is for what is measured.
        if (rate === undefined) send(connection, window);
        if (latencies.length < messages) return;
        clearInterval(timer);
        done();
      };
    }
    if (rate === undefined) for (const connection of connections) send(connection, window);
  });
  const seconds = (performance.now() - started) / 1000;
  for (const connection of connections) connection.end();
  latencies.sort((a, b) => a - b);
  return {
    messages,
    seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    maxMs: latencies.at(-1) ?? 0,
  };
};

if (process.argv[1] === import.meta.filename) {
  const options: PublisherOptions = JSON.parse(process.argv[2] ?? '{}');
  process.stdout.write(`${JSON.stringify(await publish(options))}\n`);
}
