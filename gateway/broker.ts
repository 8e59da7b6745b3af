import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes, type AedesOptions } from 'aedes';
import type { Accept } from '../ingest/message.ts';
import type { Clock } from '../model/clock.ts';
import { limits } from '../model/limits.ts';
import { acceptPublish } from './accept.ts';
import { guardBroker, guardClient } from './guard.ts';
import { listen } from './listen.ts';
import { sameSecret } from './secret.ts';
import { Subscriptions } from './subscriptions.ts';
import { watchTroubles } from './troubles.ts';

export interface BrokerParts {
  readonly accept: Accept;
  /** Counts a message that was turned away before it could be read. */
  readonly refuse: (reason: string, qos: 0 | 1 | 2) => void;
  readonly clock: Clock;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** When set, every client must send it as its MQTT password. */
  readonly password?: string;
}

export interface Broker {
  /** @throws ApertoError `address_in_use` naming the address and the flag */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Takes a connection that somebody else opened: MQTT over WebSocket. */
  handle(connection: Duplex): void;
  /** Sends a command to the devices that listen: QoS 0, not retained, past the hooks of the door. */
  publish(topic: string, payload: Uint8Array): void;
  /** Clients that are connected now. */
  connections(): number;
  close(): Promise<void>;
}

/** The MQTT broker at the edge: aedes with every limit set, which acks a publish once it is durable. */
export const createBroker = async (parts: BrokerParts): Promise<Broker> => {
  const subscriptions = new Subscriptions();
  const aedes = await Aedes.createBroker(optionsOf(parts, subscriptions));
  guardBroker(aedes);
  aedes.on('unsubscribe', (filters, client) => subscriptions.forget(client, filters));
  watchTroubles(aedes, parts);
  const connections = new Set<Duplex>();
  const handle = (connection: Duplex): void => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
    guardClient(aedes.handle(connection));
  };
  const server = createServer({ noDelay: true }, handle);
  server.maxConnections = limits.connectionsMax;
  return {
    listen: (host, port) => listen(server, host, port, 'MQTT', '--mqtt-port'),
    handle,
    publish: (topic, payload) =>
      aedes.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false },
        (error) => {
          if (error) parts.log.warn({ topic }, `command not sent: ${error.message}`);
        },
      ),
    connections: () => aedes.connectedClients,
    close: async () => {
      const closed = new Promise<void>((resolve) =>
        server.listening ? server.close(() => resolve()) : resolve(),
      );
      await new Promise<void>((resolve) => aedes.close(resolve));
      // Those that never said who they are: aedes does not know them yet.
      for (const connection of connections) connection.destroy();
      await closed;
    },
  };
};

const optionsOf = (parts: BrokerParts, subscriptions: Subscriptions): AedesOptions => ({
  id: 'aperto',
  concurrency: 100,
  heartbeatInterval: 60_000,
  connectTimeout: limits.connectTimeoutMs,
  drainTimeout: limits.drainTimeoutMs,
  // A 3.1.1 client with a longer keepalive would be refused with a code that 3.1.1 does not know.
  keepaliveLimit: 0,
  queueLimit: 42,
  maxClientsIdLength: limits.clientIdLengthMax,
  maxTopicLevels: limits.topicLevelsMax,
  trustProxy: false,
  trustedProxies: [],
  topicAliasMaximum: 0,
  maximumPacketSize: limits.packetBytesMax,
  receiveMaximum: limits.inFlightMax,
  sessionExpiryIntervalLimit: 24 * 3600,
  pendingSessionsLimit: limits.connectionsMax,
  responseInformation: null,
  preConnect: (_client, _packet, done) => done(null, true),
  authenticate: (client, _username, password, done) => {
    // aedes itself checks the length for MQTT 3.1 alone.
    if (client.id.length > limits.clientIdLengthMax) done(identifierRejected(), null);
    else done(null, isExpected(password, parts.password));
  },
  authorizePublish: acceptPublish(parts),
  authorizeSubscribe: (client, subscription, done) =>
    done(null, subscriptions.admit(client, subscription) ? subscription : null),
  authorizeForward: (_client, packet) => packet,
  published: (_packet, _client, done) => done(null),
});

const isExpected = (password: Buffer | undefined, expected: string | undefined): boolean =>
  expected === undefined || sameSecret(password?.toString('utf8') ?? '', expected);

/** CONNACK 2 of MQTT 3.1.1, which aedes translates for MQTT 5. */
const identifierRejected = () =>
  Object.assign(new Error(`a client id has at most ${limits.clientIdLengthMax} characters`), {
    returnCode: 2,
  });
