import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Reply } from './reply.ts';

export interface HttpOptions {
  /** Base URL of the server; a path before the API's own is kept. */
  readonly url: string;
  readonly token: string | undefined;
  /** For one request, from its first byte to the last of the reply. */
  readonly timeoutMs: number;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

export interface HttpReply extends Reply {
  readonly headers: Headers;
}

/** A reply larger than this is cut off: pages keep answers far below. */
const bodyBytesMax = 256 * 1024 * 1024;

/**
 * One request to the server's API other than a write. Every status is a reply.
 * @throws ApertoError `store_unavailable` where the server gave none, or only half of one
 */
export const request = async (
  { url, token, timeoutMs }: HttpOptions,
  { method = 'GET', path, parameters = {}, json }: HttpRequest,
): Promise<HttpReply> => {
  const target = new URL(url.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  const ask = (): Promise<Response> =>
    fetch(target, {
      method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Token ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  try {
    const response = await ask().catch((error: unknown) => {
      if (wasClosed(error)) return ask();
      throw error;
    });
    return {
      status: response.status,
      body: await readBody(response),
      retryAfter: response.headers.get('retry-after') ?? undefined,
      headers: response.headers,
    };
  } catch (error) {
    throw new ApertoError('store_unavailable', `InfluxDB at ${url} gave no reply: ${causeOf(error)}`, {
      retry: true,
      cause: error,
    });
  }
};

/**
 * A connection that was kept and that the server had closed meanwhile tells so only when it is used. All requests here
 * may be made twice.
 */
const wasClosed = (error: unknown): boolean => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && closedCodes.includes(String(cause.code));
};
const closedCodes: readonly string[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

const readBody = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Error(`the reply is longer than ${bodyBytesMax} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

/** `fetch` says only that it failed; why stands in the cause, for a name with several addresses as a code. */
const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return messageOf(error);
  return cause.message !== '' || !('code' in cause) ? cause.message : String(cause.code);
};
