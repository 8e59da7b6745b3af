import { type Server, type ServerOptions, STATUS_CODES } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Limits } from './parts.ts';
import { problem, problemType } from './problem.ts';

const headersCountMax = 100;
/** How often Node looks for requests that ran out of time. */
const timeoutCheckMs = 1_000;

export const serverOptions = (limits: Limits): ServerOptions => ({
  maxHeaderSize: limits.headerBytesMax,
  headersTimeout: limits.headersTimeoutMs,
  connectionsCheckingInterval: timeoutCheckMs,
});

/** Every socket of a server, those included that were upgraded to WebSocket. */
export interface Sockets {
  /** Ends those that never said a word, as browsers open ahead of need: `server.close()` would wait for them. */
  endSilent(): void;
  /** Ends all of them at once. */
  endAll(): void;
}

/**
 * Limits the sockets of a server and keeps track of them.
 * @param onRefused called for each connection over `connectionsMax`
 */
export const limitSockets = (
  server: Server | SecureServer,
  limits: Limits,
  onRefused: () => void,
): Sockets => {
  const sockets = new Set<Socket>();
  server.maxHeadersCount = headersCountMax;
  server.maxConnections = limits.connectionsMax;
  server.on('drop', onRefused);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    endSilent() {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    },
    endAll() {
      for (const socket of sockets) socket.destroy();
    },
  };
};

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const details: Readonly<Record<number, string>> = {
  400: 'not an HTTP request',
  408: 'the request did not arrive in time',
  431: 'the headers are too large',
};

/** Answers what never became a request, and closes. */
export const refuseClient = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[error.code ?? ''] ?? 400;
  const body = JSON.stringify(problem(status, details[status] ?? 'bad request', ''));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
};
