import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { Aedes, type AedesOptions, type Client } from 'aedes';
import type { Accept } from '../ingest/message.ts';
import type { Clock } from '../model/clock.ts';
import { limits } from '../model/limits.ts';
import { acceptPublish, type Door } from './accept.ts';
import { listen } from './listen.ts';
import { sameSecret } from './secret.ts';

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
  handle(connection: Socket | import('node:stream').Duplex): void;
  /** Clients that are connected now. */
  connections(): number;
  close(): Promise<void>;
}

/** The MQTT broker at the edge: aedes with every limit set, which acks a publish once it is durable. */
export const createBroker = async (parts: BrokerParts): Promise<Broker> => {
  const aedes = await Aedes.createBroker(optionsOf(parts));
  logTroubles(aedes, parts);
  const server: NetServer = createServer({ noDelay: true }, (socket) => aedes.handle(socket));
  server.maxConnections = limits.connectionsMax;
  return {
    listen: (host, port) => listen(server, host, port, 'MQTT', '--mqtt-port'),
    handle: (connection) => void aedes.handle(connection),
    connections: () => aedes.connectedClients,
    close: async () => {
      const closed = new Promise<void>((resolve) =>
        server.listening ? server.close(() => resolve()) : resolve(),
      );
      await new Promise<void>((resolve) => aedes.close(resolve));
      await closed;
    },
  };
};

const optionsOf = (parts: BrokerParts): AedesOptions => {
  const door: Door = parts;
  return {
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
    authenticate: (_client, _username, password, done) => {
      const { password: expected } = parts;
      done(null, expected === undefined || sameSecret(password?.toString('utf8') ?? '', expected));
    },
    authorizePublish: acceptPublish(door),
    authorizeSubscribe: (client, subscription, done) => {
      const full = subscriptionCount(client) >= limits.subscriptionsPerClientMax;
      // A subscription that is refused gets 0x80 in its SUBACK [MQTT-3.9.3].
      done(null, full ? null : subscription);
    },
    authorizeForward: (_client, packet) => packet,
    published: (_packet, _client, done) => done(null),
  };
};

const subscriptionCount = (client: Client): number =>
  'subscriptions' in client && typeof client.subscriptions === 'object' && client.subscriptions !== null
    ? Object.keys(client.subscriptions).length
    : 0;

const logTroubles = (aedes: Aedes, { log, refuse }: BrokerParts): void => {
  const trouble = (client: Client, error: Error): void => {
    if (error.message === 'packet too large') refuse('packet_too_large', 1);
    log.warn({ client: client.id }, `MQTT connection closed: ${error.message}`);
  };
  aedes.on('clientError', trouble);
  aedes.on('connectionError', trouble);
};
