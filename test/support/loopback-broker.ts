import { createServer } from 'node:net';
import { Aedes, type AedesOptions, type Client } from 'aedes';

/** A publish as the broker saw it. */
export interface Published {
  readonly topic: string;
  readonly payload: string;
  readonly qos: number;
  /** Who published it; a will carries the client that left it. */
  readonly client: string | undefined;
}

export interface LoopbackBroker {
  readonly url: string;
  readonly published: readonly Published[];
  /** Client ids in order of connecting; one that came back is there twice. */
  readonly connects: readonly string[];
  /** Cuts all connections and takes none, until `listen` is called again. */
  shut(): Promise<void>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** A bare MQTT broker on a free loopback port that remembers what came in. */
export const startBroker = async (options: AedesOptions = {}): Promise<LoopbackBroker> => {
  const aedes = await Aedes.createBroker(options);
  const published: Published[] = [];
  const connects: string[] = [];
  const connected = new Set<Client>();
  aedes.on('client', (client) => {
    connects.push(client.id);
    connected.add(client);
  });
  aedes.on('clientDisconnect', (client) => connected.delete(client));
  aedes.on('publish', (packet, client) => {
    if (packet.topic.startsWith('$SYS/')) return;
    const { topic, payload, qos } = packet;
    published.push({ topic, payload: payload.toString(), qos, client: client?.id });
  });
  const server = createServer((socket) => aedes.handle(socket));
  let port = 0;
  const listen = async (): Promise<void> => {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  };
  const shut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const client of connected) client.conn.destroy();
    await closed;
  };
  await listen();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    published,
    connects,
    shut,
    listen,
    close: async () => {
      if (server.listening) await shut();
      await new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
};
