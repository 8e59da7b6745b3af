import type { FastifyReply } from 'fastify';
import type { Scope } from '../credentials/kinds.ts';
import { accessOf } from './access.ts';
import type { App } from './app.ts';
import { refuseForeignHost } from './host.ts';
import { OpenRequests } from './open-requests.ts';
import type { Limits } from './parts.ts';
import { sendProblem } from './problem.ts';
import { limitRates } from './rate-limit.ts';
import { type Holder, reaches, type Tokens } from './tokens.ts';

/**
 * Asks for a bearer token [RFC 6750] with the scope of the route, also on routes that do not exist, and limits how
 * often anybody may ask. Without any token the server answers to this machine alone.
 */
export const guardRoutes = async (app: App, tokens: Tokens, limits: Limits): Promise<void> => {
  const isOver = await limitRates(app, limits);
  const open = new OpenRequests();
  tokens.onEnded((ended) => open.end(ended));
  app.addHook('onRequest', async (request, reply) => {
    const access = accessOf(request.routeOptions.url, request.method);
    const { isLocked } = tokens;
    const holder = isLocked && access !== 'hook' ? tokens.holderOf(request.headers.authorization) : undefined;
    const retryAfterS = await isOver(request, { access, holder, isLocked });
    if (retryAfterS !== undefined) return sendTooMany(reply, retryAfterS);
    if (access === 'hook') return;
    if (!isLocked) return refuseForeignHost(request, reply);
    if (access === 'public') return;
    if (holder === undefined) return sendNoToken(reply);
    if (!reaches(holder, access)) return sendTooNarrow(reply, holder, access);
    open.add(holder.name, reply.raw);
  });
};

const sendTooMany = (reply: FastifyReply, retryAfterS: number): FastifyReply => {
  reply.header('retry-after', retryAfterS);
  return sendProblem(reply, 429, `too many requests; ask again in ${retryAfterS} s`);
};

const sendNoToken = (reply: FastifyReply): FastifyReply => {
  reply.header('www-authenticate', 'Bearer');
  return sendProblem(reply, 401, 'send the header "Authorization: Bearer" with the token of this server');
};

const sendTooNarrow = (reply: FastifyReply, { name, scope }: Holder, needed: Scope): FastifyReply => {
  reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${needed}"`);
  return sendProblem(reply, 403, `the token "${name}" has the scope ${scope}; this needs ${needed}`);
};
