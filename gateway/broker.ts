import { createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes, type AedesOptions } from 'aedes';
import type { Accept } from '../ingest/message.ts';
import type { Clock } from '../model/clock.ts';
import { limits } from '../model/limits.ts';
import { acceptPublish } from './accept.ts';
import { Admission } from './admission.ts';
import { Users } from './authenticate.ts';
import { Authority } from './authorise.ts';
import { type BrokerRules, rulesOf } from './broker-rules.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { guardBroker, guardClient } from './guard.ts';
import { listen } from './listen.ts';
import type { Limited } from './offenders.ts';
import { peerOf } from './peer.ts';
import { Quiet } from './quiet.ts';
import { createSecureServer, type SecureServer } from './secure-server.ts';
import type { TlsCertificates } from './tls.ts';
import { watchTroubles } from './troubles.ts';

export interface BrokerParts {
  readonly accept: Accept;
  /** Counts a message that was turned away before it could be read. */
  readonly refuse: (reason: string, qos: 0 | 1 | 2) => void;
  readonly clock: Clock;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** Who may come in, and as what; everybody may do everything where absent. */
  readonly users?: Users;
  /** What clients may do, where it is not what limits.ts says. */
  readonly rules?: Partial<BrokerRules>;
}

/** How long a connection may be silent before its peer is asked whether it is still there: by TCP, whatever its keepalive. */
const keepAliveInitialDelay = 60_000;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Broker {
  /** @throws ApertoError `address_in_use` naming the address and the flag */
  listen(host: string, port: number): Promise<Address>;
  /** The same with TLS; where the certificates have an authority for clients, a client may show one of its own. */
  listenSecurely(host: string, port: number, certificates: TlsCertificates): Promise<Address>;
  /** Takes a connection that somebody else opened: MQTT over WebSocket, and the address that it comes from. */
  handle(connection: Duplex, address?: string): void;
  /** Sends a command to the devices that listen: QoS 0, not retained, past the hooks of the door. */
  publish(topic: string, payload: Uint8Array): void;
  /** Clients that are connected now. */
  connections(): number;
  /** Clients that were limited since the start, the latest first. */
  limited(): readonly Limited[];
  close(): Promise<void>;
}

/** The MQTT broker at the edge: aedes with every limit set, which acks a publish once it is durable. */
export const createBroker = async (parts: BrokerParts): Promise<Broker> => {
  const { clock, log } = parts;
  const authority = new Authority({ clock, log });
  const doorkeeper = new Doorkeeper(parts);
  const users = parts.users ?? new Users({ clock });
  const admission = new Admission({ users, authority, sessions: doorkeeper });
  const accept = acceptPublish({
    ...parts,
    mayPublish: (client, topic) => authority.mayPublish(client, topic),
    onQuarantined: doorkeeper.onQuarantined,
  });
  const aedes = await Aedes.createBroker(optionsOf({ authority, admission, doorkeeper, accept }));
  guardBroker(aedes);
  doorkeeper.attach(aedes);
  watchTroubles(aedes, parts);
  const connections = new Set<Duplex>();
  const take = (connection: Duplex, address?: string, guarded = false): void => {
    const peer = peerOf(connection, address, guarded);
    if (!doorkeeper.admit(connection, peer.address)) return;
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
    admission.meet(connection, peer);
    const client = aedes.handle(connection);
    guardClient(client);
    doorkeeper.watch(client, aedes, accept);
  };
  const servers: Server[] = [];
  const secureServers: SecureServer[] = [];
  const open = (server: Server, host: string, port: number, flag: string): Promise<Address> => {
    server.maxConnections = limits.connectionsMax;
    servers.push(server);
    return listen(server, host, port, 'MQTT', flag);
  };
  const quiet = new Quiet();
  const warn = (message: string): void => {
    if (quiet.admit(message, clock.now()) !== undefined) log.warn({}, message);
  };
  return {
    listen: (host, port) =>
      open(
        createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay }, (socket) => take(socket)),
        host,
        port,
        '--mqtt-port',
      ),
    listenSecurely: (host, port, certificates) => {
      const onConnection = (socket: Duplex): void => take(socket, undefined, certificates.isMutual);
      const secure = createSecureServer({ certificates, onConnection, warn, rules: rulesOf(parts.rules) });
      secureServers.push(secure);
      return open(secure.server, host, port, '--mqtts-port');
    },
    handle: (connection, address) => take(connection, address),
    publish: (topic, payload) =>
      aedes.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false },
        (error) => {
          if (error) parts.log.warn({ topic }, `command not sent: ${error.message}`);
        },
      ),
    connections: () => aedes.connectedClients,
    limited: () => doorkeeper.limited(),
    close: async () => {
      doorkeeper.close();
      const closed = servers.map(
        (server) =>
          new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve())),
      );
      await new Promise<void>((resolve) => aedes.close(resolve));
      // Those that never said who they are: aedes does not know them yet.
      for (const connection of connections) connection.destroy();
      for (const secure of secureServers) secure.endAll();
      await Promise.all(closed);
    },
  };
};

interface Rights {
  readonly authority: Authority;
  readonly admission: Admission;
  readonly doorkeeper: Doorkeeper;
  readonly accept: NonNullable<AedesOptions['authorizePublish']>;
}

const optionsOf = ({ authority, admission, doorkeeper, accept }: Rights): AedesOptions => ({
  id: 'aperto',
  // Of messages on their way to subscribers there may be any number: nobody waits for them.
  concurrency: 0,
  persistence: doorkeeper.persistence,
  heartbeatInterval: 60_000,
  connectTimeout: doorkeeper.rules.connectTimeoutMs,
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
  sessionExpiryIntervalLimit: limits.sessionAwayMs / 1_000,
  pendingSessionsLimit: limits.pendingSessionsMax,
  responseInformation: null,
  preConnect: doorkeeper.preConnect,
  authenticate: (client, name, password, done) => {
    admission
      .authenticate(client, name, password, done)
      .catch((error: Error) => done(serverUnavailable(error), null));
  },
  authorizePublish: doorkeeper.metered(accept),
  authorizeSubscribe: (client, subscription, done) => {
    const granted = authority.maySubscribe(client, subscription.topic);
    done(null, doorkeeper.subscriptions.admit(client, subscription, granted) ? subscription : null);
  },
  authorizeForward: doorkeeper.forward,
  published: (_packet, _client, done) => done(null),
});

const serverUnavailable = (error: Error) => Object.assign(error, { returnCode: 3 });
