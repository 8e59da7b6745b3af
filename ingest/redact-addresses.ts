/** Neither the end nor the start of a longer number. Other letters part numbers here: `wlanaabbccddeeff`. */
const alone = (pattern: string): RegExp => new RegExp(`(?<![0-9a-f])(?:${pattern})(?![0-9a-f])`, 'gi');

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const ipv4 = String.raw`(?:${octet}\.){3}${octet}`;
const group = '[0-9a-f]{1,4}';
/** Of pairs: as they are, and as JSON and URLs may escape a colon. */
const separator = String.raw`[:_. -]|%3a|\\u003a`;

export type Replacement = readonly [pattern: RegExp, by: string];

export const ipv4Address: Replacement = [new RegExp(String.raw`(?<![\d.])${ipv4}(?![\d]|\.\d)`, 'g'), '[ip]'];

/** `fours` of Cisco, halves of HP. */
export const groupedHardwareAddresses: readonly Replacement[] = [
  [alone(String.raw`[0-9a-f]{4}([.-])[0-9a-f]{4}\1(?:[0-9a-f]{4}\1)?[0-9a-f]{4}`), '[mac]'],
  [alone('[0-9a-f]{6}[:-][0-9a-f]{6}'), '[mac]'],
];

/** With `::`, whole, and with an IPv4 tail; before IPv4, which may be its end. */
export const ipv6Addresses: readonly Replacement[] = [
  [new RegExp(`(?<![0-9a-z:])(?:${group}:){1,7}(?:ffff:)?${ipv4}(?![0-9a-z:])`, 'gi'), '[ip]'],
  [new RegExp(`(?<![0-9a-z:])(?:${group}:){7}${group}(?![0-9a-z:])`, 'gi'), '[ip]'],
  [
    new RegExp(
      `(?<![0-9a-z:])(?:(?:${group}:){1,7}|:):(?:${group}:){0,6}(?:${ipv4}|${group})?(?![0-9a-z:])`,
      'gi',
    ),
    '[ip]',
  ],
];

/** EUI-48 and EUI-64 by pairs, bare digits, IPv6, IPv4, and what is left of them where a payload ends before they do. */
export const addresses: readonly Replacement[] = [
  // Six pairs are an address whatever stands beside them; without leading zeros only where nothing does.
  [
    new RegExp(
      `[0-9a-f]{2}(${separator})(?:[0-9a-f]{2}\\1){4}(?:[0-9a-f]{2}\\1[0-9a-f]{2}\\1)?[0-9a-f]{2}`,
      'gi',
    ),
    '[mac]',
  ],
  [/(?<![0-9a-z:])(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}(?![0-9a-z:])/gi, '[mac]'],
  ...groupedHardwareAddresses,
  // Bare digits could be a count or a time: they are an address where there is a letter, where they are quoted, and
  // where they begin with a 0, as no number does.
  // Longer ones are keys and hashes, of which nobody needs to see any.
  [alone('(?=[0-9]*[a-f])[0-9a-f]{12,}'), '[mac]'],
  [/(?<=["'])(?:\d{12}|\d{16})(?=\\?["'])/g, '[mac]'],
  [/(?<![\d.a-z+-])0\d{11}(?![\d.a-z])/gi, '[mac]'],
  // Whatever stands beside them: of what was damaged on its way nothing is to be seen either.
  [/[0-9a-f:]{0,64}::[0-9a-f:]{0,64}(?:\.\d{1,3}){0,3}/gi, '[ip]'],
  [/(?:[0-9a-f]{1,5}:){7,15}[0-9a-f]{1,5}(?:\.\d{1,3}){0,3}/gi, '[ip]'],
  ...ipv6Addresses,
  [/\d{1,3}(?:\.\d{1,3}){3,15}/g, '[ip]'],
  // As names of hosts have it: `ip-10-0-0-12`.
  [new RegExp(String.raw`(?<!\d)(?<!\d-)(?:${octet}-){3}${octet}(?!\d|-\d)`, 'g'), '[ip]'],
  [new RegExp(`(?<![0-9a-f])[0-9a-f]{2}(${separator})(?:[0-9a-f]{2}\\1){2,4}[0-9a-f]{0,2}$`, 'gi'), '[mac]'],
  [/(?<![0-9a-f])[0-9a-f]{4}([.-])[0-9a-f]{4}\1[0-9a-f]{0,3}$/gi, '[mac]'],
  [/(?<=["'])(?=\d*[a-f])[0-9a-f]{6,15}$/gi, '[mac]'],
  [new RegExp(`(?<![0-9a-z:])(?:${group}:){3,7}(?:${group})?$`, 'gi'), '[ip]'],
  [new RegExp(String.raw`(?<![\d.])(?:${octet}\.){2,3}\d{0,3}$`, 'g'), '[ip]'],
];
