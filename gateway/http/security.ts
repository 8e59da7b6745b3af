import type { FastifyCorsOptions } from '@fastify/cors';
import type { FastifyHelmetOptions } from '@fastify/helmet';

const nothing = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/**
 * Headers of every answer: no page of ours may load anything, be framed or be read by another origin.
 * On HSTS decides who owns the name: with other ports of it plain HTTP may be right.
 */
export const helmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: nothing },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
} satisfies FastifyHelmetOptions;

/** Lets pages of some origins, written out, send a token and read the answer. Cookies there are none. */
export const corsOptions = (origins: readonly string[]): FastifyCorsOptions => ({
  origin: [...origins],
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: ['authorization', 'content-type', 'last-event-id'],
  exposedHeaders: ['retry-after'],
  credentials: false,
  maxAge: 600,
});

/** `helmetOptions` for one page with a style sheet of its own, known by its hash. */
export const allowStyle = (source: string): FastifyHelmetOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives: { ...nothing, 'style-src': [source] } },
});

/** What Swagger UI needs beyond that; it sets styles from script. */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
