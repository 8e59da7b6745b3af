import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { isLoopback } from '../gateway/exposure.ts';

const whole = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN);

export const toPort = (text: string): number => {
  const port = whole(text);
  if (!(port <= 65_535))
    throw new InvalidArgumentError('a port is a number from 0 to 65535; 0 picks a free one.');
  return port;
};

export const toCount = (text: string): number => {
  const count = whole(text);
  if (!(count >= 1)) throw new InvalidArgumentError('a whole number from 1 on.');
  return count;
};

export const toSeed = (text: string): number => {
  const seed = whole(text);
  if (!(seed <= 0xffffffff)) throw new InvalidArgumentError('a whole number from 0 to 4294967295.');
  return seed;
};

export const toPositive = (text: string): number => {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError('a number above 0.');
  return number;
};

/** Epoch milliseconds of an RFC 3339 time or a date (its midnight in UTC). */
export const toTime = (text: string): number => {
  const time = /^\d{4}-\d\d-\d\d([T ].*)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('a time such as 2026-06-23T08:00:00Z, or a date.');
  return time;
};

export const toMonth = (text: string): string => {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month such as 2026-06.');
  return text;
};

export const toList = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const hostName =
  /^(?=.{1,253}$)(?!.*\.\d+$)(?!\d+$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;

/** An address of this machine to listen on, or a name of it. */
export const toHost = (text: string): string => {
  if (isIP(text) === 0 && !hostName.test(text))
    throw new InvalidArgumentError(
      'an address of this machine, without a port: 127.0.0.1, 0.0.0.0, :: or a name.',
    );
  return text;
};

/** A host in a URL: IPv6 in brackets. */
export const hostText = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Where somebody on this machine reaches a server that listens on `host`. */
export const reachable = (host: string): string =>
  isLoopback(host) ? host : host === '::' ? '::1' : '127.0.0.1';
