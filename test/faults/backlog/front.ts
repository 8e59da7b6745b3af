import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';

/** What a write is answered instead of being passed on. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `hang` never answers, `half` breaks off in the middle of the body. */
  readonly fault?: 'hang' | 'half';
}

/** A loopback proxy before a real InfluxDB that can be away, be slow and say no. */
export interface FaultyFront {
  readonly url: string;
  /** Opens the port; until then nobody listens there. */
  begin(): Promise<void>;
  /** How long each write takes at least. */
  slowMs: number;
  /** What every second write is answered until there is none left. */
  readonly faults: Fault[];
  /** Called with the lines of each write that the server took, and the bucket that they went to. */
  onTaken: (lines: readonly string[], bucket: string) => void;
  stop(): Promise<void>;
}

const writePath = '/api/v2/write';

export const createFaultyFront = async (upstream: string, port: number): Promise<FaultyFront> => {
  const sockets = new Set<Socket>();
  let writes = 0;
  const front: FaultyFront = {
    url: `http://127.0.0.1:${port}`,
    slowMs: 0,
    faults: [],
    onTaken: () => undefined,
    begin: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const zipped = incoming.headers['content-encoding'] === 'gzip';
    const body = await text(zipped ? incoming.pipe(createGunzip()) : incoming);
    const isWrite = incoming.url?.startsWith(writePath) === true;
    const fault = isWrite && ++writes % 2 === 0 ? front.faults.shift() : undefined;
    if (fault !== undefined) {
      refuse(outgoing, fault);
      return;
    }
    if (isWrite) await once(AbortSignal.timeout(front.slowMs), 'abort');
    const reply = await pass(new URL(incoming.url ?? '/', upstream), incoming, body);
    const answered = await reply.text();
    if (isWrite && reply.status === 204) front.onTaken(body.split('\n'), bucketOf(incoming));
    outgoing.writeHead(reply.status, Object.fromEntries(headersOf(reply)));
    outgoing.end(answered);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return front;
};

const refuse = (outgoing: ServerResponse, { status, headers = {}, fault }: Fault): void => {
  if (fault === 'hang') return;
  const body = JSON.stringify({ code: 'test', message: 'as the test wants it' });
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...headers,
  });
  if (fault === 'half') outgoing.write(body.slice(0, 10), () => outgoing.destroy());
  else outgoing.end(body);
};

const bucketOf = ({ url = '/' }: IncomingMessage): string =>
  new URL(url, 'http://localhost').searchParams.get('bucket') ?? '';

const pass = (target: URL, { method = 'GET', headers }: IncomingMessage, body: string): Promise<Response> =>
  fetch(target, {
    method,
    headers: {
      'content-type': headers['content-type'] ?? 'text/plain',
      ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
    },
    ...(method === 'POST' ? { body } : {}),
  });

const headersOf = ({ headers }: Response): [string, string][] =>
  ['content-type', 'x-influxdb-version', 'retry-after'].flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
