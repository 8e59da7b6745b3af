import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { limits } from '../model/limits.ts';

/** MQTT over WebSocket on `/mqtt` of the HTTP server, subprotocol `mqtt` [MQTT-6.0.0-3]. Returns how to stop. */
export const attachWebSocket = (server: Server, handle: (connection: Duplex) => void): (() => void) => {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    maxPayload: limits.packetBytesMax,
    handleProtocols: (protocols) => (protocols.has('mqtt') ? 'mqtt' : false),
  });
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname !== '/mqtt' || sockets.clients.size >= limits.connectionsMax) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (webSocket.protocol !== 'mqtt') webSocket.close(1002, 'subprotocol mqtt expected');
      else handle(createWebSocketStream(webSocket));
    });
  });
  return () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
};
