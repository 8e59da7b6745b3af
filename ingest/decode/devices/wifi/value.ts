import { toNumber } from '../../measure.ts';

/** A number, also one that a controller wrote as text; `undefined` where it is none. */
export const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'string') return toNumber(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

const mac = /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$/i;

/** The hardware address of an access point in the one spelling that identities have: lower case, colons. */
export const toMac = (value: unknown): string | undefined =>
  typeof value === 'string' && mac.test(value) ? value.toLowerCase().replaceAll('-', ':') : undefined;
