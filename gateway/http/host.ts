import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLoopbackAuthority } from '../exposure.ts';
import { sendProblem } from './problem.ts';

/**
 * Without a token the server is on loopback alone, and a name that is none of this machine is one that somebody else
 * made point here, so that a page of theirs may read what it serves: DNS rebinding. HTTP/1.0 may come without a name.
 */
export const refuseForeignHost = (
  { headers: { host } }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined => {
  if (host === undefined || isLoopbackAuthority(host)) return undefined;
  const detail = 'without a token this server answers to localhost, 127.0.0.1 and [::1] alone';
  return sendProblem(reply, 421, `${detail}; set APERTO_HTTP_TOKEN to reach it by another name`);
};
