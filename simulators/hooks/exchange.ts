import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Seconds of `Retry-After` as milliseconds, 0 where there are none. */
  readonly retryAfterMs: number;
}

const timeoutMs = 40_000;

/** Requests to one HTTP server over connections that are kept, some at once and the others in turn. */
export class Exchange {
  private readonly base: URL;
  private readonly agent: http.Agent;
  private readonly open = new Set<http.ClientRequest>();

  /** @param address `http://host:port` or `https://…` */
  constructor(address: string, connectionsMax: number) {
    this.base = new URL(address);
    const options = { keepAlive: true, maxSockets: connectionsMax, timeout: timeoutMs };
    this.agent = this.base.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  }

  /** @throws Error of the socket where nobody answers, or not in time */
  async ask({ method, path, headers = {}, body = '' }: Request): Promise<Answer> {
    const { request } = this.base.protocol === 'https:' ? https : http;
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const asked = request(new URL(path, this.base), { method, headers: { ...headers }, agent: this.agent });
      this.open.add(asked);
      asked.on('response', resolve);
      asked.on('error', reject);
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      asked.on('close', () => this.open.delete(asked));
      asked.end(body);
    });
    const later = Number(response.headers['retry-after'] ?? 0);
    return {
      status: response.statusCode ?? 0,
      text: await text(response),
      retryAfterMs: Number.isFinite(later) ? later * 1000 : 0,
    };
  }

  /** Breaks off what is on its way. */
  close(): void {
    for (const asked of this.open) asked.destroy();
    this.agent.destroy();
  }
}
