import { toMac } from '../wifi/value.ts';

const name = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u;

/** By what an access point is known: its own address, which its clients name too, else serial or name. */
export const identityOf = ({
  mac,
  serial,
  name: given,
}: Readonly<Record<string, unknown>>): string | undefined =>
  toMac(mac) ?? [serial, given].find((text): text is string => typeof text === 'string' && name.test(text));
