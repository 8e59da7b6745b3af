import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { limits } from '../model/limits.ts';
import { Addresses } from './addresses.ts';
import type { BrokerRules } from './broker-rules.ts';
import type { TlsCertificates } from './tls.ts';

interface SecureServerParts {
  readonly certificates: TlsCertificates;
  readonly rules: Pick<BrokerRules, 'connectionsPerAddressMax' | 'isExempt'>;
  readonly onConnection: (socket: TLSSocket) => void;
  /** Told why a handshake did not come to an end. */
  readonly warn: (message: string) => void;
}

export interface SecureServer {
  readonly server: Server;
  /** Ends every connection, those in the middle of a handshake too: closing the server would wait for them. */
  endAll(): void;
}

/**
 * A TLS server that takes new certificates while it runs. Where clients are asked for certificates, one that shows none
 * may still send a password, and one that shows a certificate of somebody else's authority is turned away.
 */
export const createSecureServer = (parts: SecureServerParts): SecureServer => {
  const { certificates, onConnection, warn } = parts;
  const options = {
    ...certificates.context,
    requestCert: certificates.isMutual,
    rejectUnauthorized: false,
    handshakeTimeout: limits.connectTimeoutMs,
    noDelay: true,
  };
  const server = createServer(options, (socket) => {
    const why = certificates.isMutual ? refusalOf(socket) : undefined;
    if (why === undefined) {
      onConnection(socket);
      return;
    }
    warn(`client certificate not accepted: ${why}`);
    socket.on('error', () => socket.destroy());
    socket.destroy();
  });
  server.on('tlsClientError', (error, socket) => {
    warn(`TLS: no handshake: ${error.message}`);
    socket.destroy();
  });
  certificates.serve(server);
  return { server, endAll: limitHandshakes(server, parts) };
};

/** A handshake costs more than any other step: who opens too many connections is turned away before it. */
const limitHandshakes = (server: Server, { rules, warn }: SecureServerParts): (() => void) => {
  const addresses = new Addresses(rules.connectionsPerAddressMax, rules.isExempt);
  const open = new Set<Socket>();
  server.prependListener('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    if (!addresses.enter(remoteAddress)) {
      warn(`MQTT connection refused: there are too many connections from ${remoteAddress}`);
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      addresses.leave(remoteAddress);
    });
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
};

const refusalOf = (socket: TLSSocket): string | undefined =>
  socket.authorized || socket.getPeerX509Certificate() === undefined
    ? undefined
    : String(socket.authorizationError);
