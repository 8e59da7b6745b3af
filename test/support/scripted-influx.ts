import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { listenOnLoopback } from './loopback.ts';

/** A request as the scripted server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly lines: readonly string[];
}

/** What it answers: a status with body and headers, or something that is no answer. */
export type Script = (seen: Seen) => {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `reset` closes the connection at once, `half` after half of the body, `hang` never answers. */
  readonly fault?: 'reset' | 'half' | 'hang';
};

export interface ScriptedServer {
  readonly url: string;
  /** Writes alone, in order. */
  readonly writes: readonly Seen[];
  readonly requests: readonly Seen[];
  /** What writes are answered from now on; 204 at first. */
  onWrite: Script;
  /** What everything else is answered but /ping; at first an organisation that may create buckets. */
  onRequest: Script;
  stop(): Promise<void>;
}

const writePath = '/api/v2/write';

/** A loopback server that says it is InfluxDB of a version and answers as it is told. */
export const startScriptedServer = async (version = '2.7.10'): Promise<ScriptedServer> => {
  const requests: Seen[] = [];
  const sockets = new Set<Socket>();
  const state = {
    requests,
    get writes() {
      return requests.filter(({ url }) => url.pathname === writePath);
    },
    onWrite: (() => ({ status: 204 })) as Script,
    onRequest: ((): ReturnType<Script> => ({
      status: 201,
      body: { orgs: [{ id: '0001', name: 'city' }] },
    })) as Script,
  };
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing);
  });
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const zipped = incoming.headers['content-encoding'] === 'gzip';
    const body = await text(zipped ? incoming.pipe(createGunzip()) : incoming);
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const seen: Seen = {
      method: incoming.method ?? '',
      url,
      authorization: incoming.headers.authorization,
      lines: body.split('\n'),
    };
    requests.push(seen);
    const replies: Readonly<Record<string, Script>> = {
      '/ping': () => ({ status: 204 }),
      [writePath]: state.onWrite,
    };
    play(outgoing, version, (replies[url.pathname] ?? state.onRequest)(seen));
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listenOnLoopback(server);
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
};

const play = (outgoing: ServerResponse, version: string, reply: ReturnType<Script>): void => {
  const { status, body = '', headers = {}, fault } = reply;
  if (fault === 'hang') return;
  if (fault === 'reset') {
    outgoing.destroy();
    return;
  }
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  outgoing.writeHead(status, {
    'x-influxdb-version': version,
    'content-type': type,
    ...(status === 204 ? {} : { 'content-length': bytes.length }),
    ...headers,
  });
  if (fault === 'half') outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.destroy());
  else outgoing.end(status === 204 ? undefined : bytes);
};
