import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import { describeReply, type Reply, retryAfterMs, serverMessage } from './reply.ts';

/** What a write's reply means for the lines that were sent. */
export type Outcome =
  | { readonly kind: 'stored' }
  /** Some of the lines or all of them will never be taken; which ones, only smaller writes can tell. */
  | { readonly kind: 'refused'; readonly reason: string; readonly all: boolean }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'unavailable'; readonly error: ApertoError };

/** Where a request goes, for messages. */
export interface Target {
  readonly url: string;
  readonly database: string;
}

/** One switch from status to outcome. `lines` is how many were sent. */
export const writeOutcome = (reply: Reply, lines: number, target: Target, clock: Clock): Outcome => {
  const { status } = reply;
  switch (status) {
    case 204:
      return { kind: 'stored' };
    // InfluxDB 3 stores what it can and says 201 or 200 with the lines that it did not take.
    case 200:
    case 201:
      return serverMessage(reply.body) === undefined
        ? unavailable(reply, target, clock, 'is this InfluxDB? A write is answered with 204')
        : refused(reply, lines);
    case 400:
    case 422:
      return isAboutRequest(reply)
        ? unavailable(reply, target, clock, 'check INFLUX_URL, organisation and bucket')
        : refused(reply, lines);
    case 413:
      return { kind: 'too_large' };
    case 401:
    case 403:
      return unavailable(reply, target, clock, `the token may not write to "${target.database}"; mend it`);
    case 404:
      return hasNoPage(reply)
        ? unavailable(reply, target, clock, tooOld)
        : unavailable(reply, target, clock, `no bucket or database "${target.database}"; create it`);
    case 429:
    case 503:
      return unavailable(reply, target, clock, 'it is busy');
    // Some versions answer 500 to a point that is older than the retention period: waiting does not help.
    case 500:
      return isBeyondRetention(reply)
        ? refused(reply, lines)
        : unavailable(reply, target, clock, 'it failed');
    default:
      return unavailable(reply, target, clock, status > 500 ? 'it failed' : 'this status was not expected');
  }
};

/** What a server without `/api/v2/write` is missing, and what to do. */
export const tooOld = 'it has no /api/v2/write: InfluxDB 1.8, 2.x or 3 is needed, or a newer one';

/** Go's own answer to a path that no route has; a missing bucket is told in JSON. */
export const hasNoPage = ({ status, body }: Reply): boolean =>
  status === 404 && /^\s*404 page not found/i.test(body);

const isBeyondRetention = ({ body }: Reply): boolean => /beyond retention|outside retention/i.test(body);

/**
 * A 400 about the call and not about a point: points must not be thrown away for it. A web page is the answer of
 * some proxy.
 */
const isAboutRequest = ({ body }: Reply): boolean =>
  /^\s*</.test(body) ||
  /database is required|bucket (name )?is required|either orgID or org|invalid precision|plain HTTP request/i.test(
    body,
  );

const refused = (reply: Reply, lines: number): Outcome => {
  const reason = serverMessage(reply.body) ?? describeReply(reply);
  // "partial write: points beyond retention policy dropped=12": InfluxDB 1 and 2 count what they dropped.
  const dropped = /dropped=(\d+)/.exec(reason)?.[1];
  return { kind: 'refused', reason, all: lines === 1 || Number(dropped) === lines };
};

const unavailable = (reply: Reply, target: Target, clock: Clock, advice: string): Outcome => ({
  kind: 'unavailable',
  error: unavailableError(reply, target, clock, advice),
});

/** The error for a reply that leaves no choice but to try again later. */
export const unavailableError = (reply: Reply, target: Target, clock: Clock, advice: string): ApertoError => {
  const waitMs = retryAfterMs(reply.retryAfter, clock);
  return new ApertoError(
    'store_unavailable',
    `InfluxDB at ${target.url}: ${describeReply(reply)} (${advice})`,
    {
      retry: true,
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    },
  );
};
