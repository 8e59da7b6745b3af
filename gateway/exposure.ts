import { isIP } from 'node:net';
import { ApertoError } from '../model/errors.ts';

/** 127.0.0.0/8, ::1 and localhost: addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** The same of a Host header, with or without a port [RFC 9110 §7.2]. */
export const isLoopbackAuthority = (authority: string): boolean =>
  isLoopback(
    authority
      .toLowerCase()
      .replace(/:\d*$/, '')
      .replace(/^\[(.*)\]$/, '$1'),
  );

/**
 * Refuses to open a door to the network that nobody locked.
 * @param lock the secret that guards it, or whether anything does
 * @throws ApertoError `config` for an address beyond loopback without a secret that guards it
 */
export const requireLock = (
  host: string,
  door: string,
  lock: string | boolean | undefined,
  how: string,
): void => {
  if (isLoopback(host) || (lock !== undefined && lock !== false)) return;
  throw new ApertoError(
    'config',
    `${door} on ${host} would be open to the network without authentication: ${how}, or listen on 127.0.0.1`,
  );
};
