import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, 43 characters that need no quotes anywhere. */
export const generateSecret = (): string => randomBytes(32).toString('base64url');

/**
 * `$sha256$<digest>` of a token. A token is never chosen by a person but 256 random bits, so that no amount of
 * guessing gets it from its digest: a slow hash would only cost each request.
 */
export const hashToken = (token: string): string =>
  `$sha256$${createHash('sha256').update(token).digest('base64').replace(/=+$/, '')}`;

export const tokenHashPattern = /^\$sha256\$[A-Za-z0-9+/]{43}$/;
