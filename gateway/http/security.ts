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

const page = {
  ...nothing,
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
};
const policyOf = (directives: Readonly<Record<string, string[]>>) => ({
  contentSecurityPolicy: { useDefaults: false, directives },
});

/** `helmetOptions` for the live board: files of this server alone, nothing written into the page. */
export const boardPolicy: FastifyHelmetOptions = policyOf(page);
/** The same for the public page, which anybody may frame: it knows no secret and has nothing to click away. */
export const publicPolicy: FastifyHelmetOptions = {
  ...policyOf({ ...page, 'frame-ancestors': ['*'] }),
  xFrameOptions: false,
};
/** A service worker lives by the policy that it came with. */
export const workerPolicy: FastifyHelmetOptions = policyOf({ ...nothing, 'connect-src': ["'self'"] });

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
