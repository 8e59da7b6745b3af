import { HttpError, InfluxDB, type Transport } from '@influxdata/influxdb-client';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Reply } from './reply.ts';

export interface LineSenderOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly org: string;
  readonly database: string;
  /** For one request, from its first byte to the last of the reply. */
  readonly timeoutMs: number;
}

/** Sends lines as one request and tells what the server said. Rejects with `store_unavailable` where it said nothing. */
export type SendLines = (lines: readonly string[]) => Promise<Reply>;

/**
 * Writing through the client library, one request a call. Its retries stay off, because they live in memory and
 * drop the oldest lines: the spool is where points wait. It takes a status of 201 for success and hides the body of
 * any below 300, so the transport between it and the socket keeps the reply.
 */
export const openLineSender = ({ url, token, org, database, timeoutMs }: LineSenderOptions): SendLines => {
  const inner = new InfluxDB({ url, timeout: timeoutMs, ...(token === undefined ? {} : { token }) })
    .transport;

  return async (lines) => {
    const heard = { status: 0, body: '' };
    const transport = listening(inner, heard, AbortSignal.timeout(timeoutMs));
    const api = new InfluxDB({ url, transport }).getWriteApi(org, database, 'ms', {
      maxRetries: 0,
      flushInterval: 0,
      batchSize: lines.length + 1,
      maxBatchBytes: Number.POSITIVE_INFINITY,
      // Handing the promise back keeps the library from logging and from deciding.
      writeFailed: (error) => Promise.reject(error),
    });
    try {
      api.writeRecords([...lines]);
      await api.flush();
      return heard;
    } catch (error) {
      if (!(error instanceof HttpError)) throw noReply(url, error);
      if (error.statusCode < 300) return heard;
      const retryAfter = error.headers?.['retry-after'];
      return {
        status: error.statusCode,
        body: error.body ?? '',
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      };
    } finally {
      api.dispose();
    }
  };
};

const bodyLengthMax = 64 * 1024;

/** The transport with one ear on the reply. */
const listening = (
  inner: Transport,
  heard: { status: number; body: string },
  signal: AbortSignal,
): Transport => ({
  chunkCombiner: inner.chunkCombiner,
  request: inner.request.bind(inner),
  iterate: inner.iterate.bind(inner),
  send: (path, body, options, callbacks = {}) => {
    inner.send(
      path,
      body,
      { ...options, signal },
      {
        ...callbacks,
        responseStarted: (headers, status = 0) => {
          heard.status = status;
          callbacks.responseStarted?.(headers, status);
        },
        next: (chunk) => {
          if (heard.body.length < bodyLengthMax) heard.body += Buffer.from(chunk).toString('utf8');
        },
      },
    );
  },
});

const noReply = (url: string, error: unknown): ApertoError =>
  new ApertoError('store_unavailable', `InfluxDB at ${url} gave no reply: ${messageOf(error)}`, {
    retry: true,
    cause: error,
  });
