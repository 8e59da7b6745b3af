const mac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;

/** The hardware address of an access point in the one spelling that identities have. */
export const toMac = (value: unknown): string | undefined =>
  typeof value === 'string' && mac.test(value) ? value.toLowerCase() : undefined;

const name = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u;

/** By what an access point is known: its own address, which its clients name too, else serial or name. */
export const identityOf = ({ mac: address, serial, name: given }: Readonly<Record<string, unknown>>) =>
  toMac(address) ??
  [serial, given].find((text): text is string => typeof text === 'string' && name.test(text));
