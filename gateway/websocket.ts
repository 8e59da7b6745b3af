import type { IncomingMessage, Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { limits } from '../model/limits.ts';
import { isLoopback, isLoopbackAuthority } from './exposure.ts';

const path = '/mqtt';
const protocol = 'mqtt';
/** WebSocket close code for data of a kind that is not taken [RFC 6455 §7.4.1]. */
const unsupportedData = 1003;

export interface WebSocketOptions {
  /** Whether clients must say who they are: then pages of other origins may connect by loopback too. */
  readonly isLocked?: () => boolean;
}

/** MQTT over WebSocket on `/mqtt` of the HTTP server, subprotocol `mqtt` [MQTT-6.0.0-3]. Returns how to stop. */
export const attachWebSocket = (
  server: Server | SecureServer,
  handle: (connection: Duplex, address?: string) => void,
  { isLocked = () => false }: WebSocketOptions = {},
): (() => void) => {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    maxPayload: limits.packetBytesMax,
    handleProtocols: () => protocol,
  });
  server.on('upgrade', (request, socket, head) => {
    const refusal = refusalOf(request, sockets.clients.size, isLocked());
    if (refusal !== undefined) turnAway(socket, refusal);
    else sockets.handleUpgrade(request, socket, head, (open) => handle(streamOf(open), addressOf(request)));
  });
  return () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
};

const addressOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';

/** Status to refuse an upgrade with. The URL is whatever a peer wrote, so it is compared and not parsed. */
const refusalOf = (request: IncomingMessage, open: number, locked: boolean): string | undefined => {
  const { url = '', headers } = request;
  if (url.split('?', 1)[0] !== path) return '404 Not Found';
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(protocol)) return '400 Bad Request';
  if (!locked && isForeign(request)) return '403 Forbidden';
  return open >= limits.connectionsMax ? '503 Service Unavailable' : undefined;
};

/**
 * Whether a page of another origin opens a connection by loopback, where a broker may be without a password: a browser
 * lets any page do so and tells its origin [RFC 6455 §10.2]. A name that somebody else made point here is none of ours.
 */
const isForeign = ({ headers, socket }: IncomingMessage): boolean => {
  const { origin, host = '' } = headers;
  if (origin === undefined || !isLoopback(socket.localAddress ?? '')) return false;
  const own = URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
  return !own || !isLoopbackAuthority(host);
};

/** Node leaves errors and the end of an upgraded socket to us; one that nobody hears would end the process. */
const turnAway = (socket: Duplex, status: string): void => {
  const destroy = (): void => void socket.destroy();
  socket.on('error', destroy);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, destroy);
};

/** MQTT comes in binary frames; anything else closes the connection [MQTT-6.0.0-1]. */
const streamOf = (open: WebSocket): Duplex => {
  open.on('message', (_data, isBinary) => {
    if (!isBinary) open.close(unsupportedData, 'binary frames expected');
  });
  return createWebSocketStream(open);
};
