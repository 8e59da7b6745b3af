import type { FastifyHelmetOptions } from '@fastify/helmet';

const nothing = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/**
 * Headers of every answer: no page of ours may load anything, be framed or be read by another origin.
 * TLS ends in front of us, and whoever ends it decides on HSTS for the name.
 */
export const helmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: nothing },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
} satisfies FastifyHelmetOptions;

/** The same for one page with a style sheet of its own, known by its hash. */
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
