import { createServer, type Server } from 'node:https';
import type { TlsCertificates } from '../tls.ts';
import type { App } from './app.ts';
import type { Limits } from './parts.ts';
import { limitSockets, refuseClient, type Sockets, serverOptions } from './sockets.ts';

export interface SecureServer {
  readonly server: Server;
  readonly sockets: Sockets;
  close(): Promise<void>;
}

/** The same routes over TLS, with certificates that may be replaced while it runs. Clients show tokens here, not theirs. */
export const createSecureServer = (
  app: App,
  certificates: TlsCertificates,
  limits: Limits,
  onRefused: () => void,
): SecureServer => {
  const { cert, key, minVersion } = certificates.context;
  const options = {
    ...serverOptions(limits),
    cert,
    key,
    minVersion,
    handshakeTimeout: limits.headersTimeoutMs,
  };
  const server = createServer(options, (request, response) => app.routing(request, response));
  server.requestTimeout = limits.requestTimeoutMs;
  server.keepAliveTimeout = limits.keepAliveTimeoutMs;
  server.on('clientError', refuseClient);
  certificates.serve(server);
  const sockets = limitSockets(server, limits, onRefused);
  return { server, sockets, close: () => closeServer(server, sockets) };
};

const closeServer = (server: Server, sockets: Sockets): Promise<void> =>
  new Promise((resolve) => {
    if (!server.listening) {
      resolve();
      return;
    }
    server.close(() => resolve());
    sockets.endSilent();
    server.closeIdleConnections();
  });
