import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { partyOf } from '../attempts.ts';
import type { Access } from './access.ts';
import type { App } from './app.ts';
import type { Limits } from './parts.ts';
import type { Holder } from './tokens.ts';

interface Caller {
  readonly access: Access;
  readonly holder: Holder | undefined;
  readonly isLocked: boolean;
}

/** Seconds after which a caller that asks too often may ask again; `undefined` while it may. */
type IsOver = (request: FastifyRequest, caller: Caller) => Promise<number | undefined>;

const windowMs = 60_000;

/**
 * Limits requests by the minute: of each token; of each address that shows none, behind which many may be; and of each
 * sender of webhooks, which tells of a whole network.
 */
export const limitRates = async (app: App, limits: Limits): Promise<IsOver> => {
  await app.register(rateLimit, { global: false });
  const holders = new WeakMap<FastifyRequest, Holder>();
  const addressOf = ({ ip }: FastifyRequest): string => partyOf(ip);
  const limitTo = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max, timeWindow: windowMs, keyGenerator });
  const byToken = limitTo(limits.requestsPerMinuteMax, (request) => holders.get(request)?.name ?? '');
  const byAddress = limitTo(limits.requestsPerMinuteMax, addressOf);
  const byStranger = limitTo(limits.strangerRequestsPerMinuteMax, addressOf);
  const bySender = limitTo(limits.hookRequestsPerMinuteMax, addressOf);

  return async (request, { access, holder, isLocked }) => {
    if (holder !== undefined) holders.set(request, holder);
    const limiter =
      access === 'hook' ? bySender : holder !== undefined ? byToken : isLocked ? byStranger : byAddress;
    const verdict = await limiter(request);
    return verdict.isAllowed || !verdict.isExceeded ? undefined : verdict.ttlInSeconds;
  };
};
