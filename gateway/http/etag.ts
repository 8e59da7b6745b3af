import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A strong entity tag of a body [RFC 9110 §8.8.3]. */
export const etagOf = (body: string | Buffer): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/** Whether the client has this body already [RFC 9110 §13.1.2]: tags are compared weakly. */
export const matchesTag = (header = '', etag: string): boolean =>
  header.split(',').some((given) => {
    const tag = given.trim();
    return tag === '*' || tag.replace(/^W\//, '') === etag;
  });

/** Sends a body with its tag, or 304 without it where the client has it. It may be kept, if it is asked for again. */
export const sendTagged = (request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply => {
  const etag = etagOf(body);
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  return matchesTag(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(body);
};
