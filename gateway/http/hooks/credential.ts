import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { sameSecret } from '../../secret.ts';
import { splitSecret } from './meraki.ts';
import type { HookSource } from './source.ts';

/** A header that is given once and holds something. */
const headerOf = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

const bearer = /^bearer +(.+)$/i;

/** Tokens that a caller showed in the headers that its vendor lets an owner fill. */
const tokensOf = (source: HookSource, headers: IncomingHttpHeaders): readonly string[] => [
  bearer.exec(headerOf(headers, 'authorization'))?.[1] ?? '',
  headerOf(headers, 'x-aperto-token'),
  // The Things Stack shows the key by which it may be answered.
  source === 'tts' ? headerOf(headers, 'x-downlink-apikey') : '',
];

/** Whether the headers alone say enough. Meraki's cloud has none that its owner may fill. */
export const hasToken = (source: HookSource, headers: IncomingHttpHeaders, secret: string): boolean =>
  source !== 'meraki' && tokensOf(source, headers).some((token) => sameSecret(token, secret));

const signatureHeader = 'x-hub-signature-256';

/** Whether the body may say what the headers do not. Otherwise nobody has to read it. */
export const needsBody = (source: HookSource, headers: IncomingHttpHeaders): boolean =>
  source === 'meraki' || headerOf(headers, signatureHeader) !== '';

/** Whether the body is signed: `X-Hub-Signature-256: sha256=<hex>`, HMAC with SHA-256 over all its bytes [RFC 2104]. */
const isSigned = (headers: IncomingHttpHeaders, body: Uint8Array, secret: string): boolean => {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headerOf(headers, signatureHeader))?.[1];
  if (given === undefined) return false;
  return sameSecret(given.toLowerCase(), createHmac('sha256', secret).update(body).digest('hex'));
};

/** The payload of a post whose sender knows the secret, and without the secret; `undefined` of any other. */
export const openPost = (
  source: HookSource,
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  secret: string,
): Uint8Array | undefined => {
  const isKnown = hasToken(source, headers, secret) || isSigned(headers, body, secret);
  if (source !== 'meraki') return isKnown ? body : undefined;
  const post = splitSecret(body);
  if (post !== undefined && (isKnown || sameSecret(post.secret, secret))) return post.payload;
  return isKnown ? body : undefined;
};
