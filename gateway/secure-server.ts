import { createServer, type Server, type TLSSocket } from 'node:tls';
import { limits } from '../model/limits.ts';
import type { TlsCertificates } from './tls.ts';

/**
 * A TLS server that takes new certificates while it runs. Where clients are asked for certificates, one that shows none
 * may still send a password, and one that shows a certificate of somebody else's authority is turned away.
 * @param warn called with why a handshake did not come to an end
 */
export const createSecureServer = (
  certificates: TlsCertificates,
  onConnection: (socket: TLSSocket) => void,
  warn: (message: string) => void,
): Server => {
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
  return server;
};

const refusalOf = (socket: TLSSocket): string | undefined =>
  socket.authorized || socket.getPeerX509Certificate() === undefined
    ? undefined
    : String(socket.authorizationError);
