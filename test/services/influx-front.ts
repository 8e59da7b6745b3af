import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { listenOnLoopback } from '../support/loopback.ts';

/** A loopback proxy before an InfluxDB that has no /api/v2/write: Debian's is 1.6. */
export interface InfluxFront {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Rewrites `/api/v2/write?bucket=B&precision=P` to `/write?db=B&precision=P`, as InfluxDB does itself from 1.8 on,
 * and streams everything else through unchanged.
 */
export const startInfluxFront = async (upstream: string): Promise<InfluxFront> => {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const target = new URL(rewrite(url), upstream);
    const onward = request(target, { method, headers: { ...headers, host: target.host } }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
      reply.once('error', () => outgoing.destroy());
    });
    onward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

const rewrite = (pathAndQuery: string): string => {
  const { pathname, searchParams } = new URL(pathAndQuery, 'http://localhost');
  if (pathname !== '/api/v2/write') return pathAndQuery;
  const parameters = new URLSearchParams({
    db: searchParams.get('bucket') ?? '',
    precision: searchParams.get('precision') ?? 'ns',
  });
  return `/write?${parameters}`;
};
