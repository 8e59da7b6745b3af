import { limits } from '../model/limits.ts';

/** Neither the end nor the start of a longer number. Other letters part numbers here: `wlanaabbccddeeff`. */
const alone = (pattern: string): RegExp => new RegExp(`(?<![0-9a-f])(?:${pattern})(?![0-9a-f])`, 'gi');

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const ipv4 = String.raw`(?:${octet}\.){3}${octet}`;
const group = '[0-9a-f]{1,4}';

const ipv4Address = new RegExp(String.raw`(?<![\d.])${ipv4}(?![\d]|\.\d)`, 'g');

const identities: readonly (readonly [RegExp, string])[] = [
  // EUI-48 and EUI-64: by pairs with colons, hyphens, underscores or dots, Cisco's fours, halves, and bare. Six pairs
  // are an address whatever stands beside them.
  [/[0-9a-f]{2}([:_.-])(?:[0-9a-f]{2}\1){4}(?:[0-9a-f]{2}\1[0-9a-f]{2}\1)?[0-9a-f]{2}/gi, '[mac]'],
  [alone(String.raw`[0-9a-f]{4}([.-])[0-9a-f]{4}\1(?:[0-9a-f]{4}\1)?[0-9a-f]{4}`), '[mac]'],
  [alone('[0-9a-f]{6}[:-][0-9a-f]{6}'), '[mac]'],
  // Bare digits could be a count or a time: they are an address where there is a letter, or where they are quoted.
  [alone('(?=[0-9]*[a-f])(?:[0-9a-f]{12}|[0-9a-f]{16})'), '[mac]'],
  [/(?<=")(?:\d{12}|\d{16})(?=")/g, '[mac]'],
  // IPv6 with `::`, whole, and with an IPv4 tail; before IPv4, which may be its end.
  [new RegExp(`(?<![0-9a-z:])(?:${group}:){1,7}(?:ffff:)?${ipv4}(?![0-9a-z:])`, 'gi'), '[ip]'],
  [new RegExp(`(?<![0-9a-z:])(?:${group}:){7}${group}(?![0-9a-z:])`, 'gi'), '[ip]'],
  [
    new RegExp(
      `(?<![0-9a-z:])(?:(?:${group}:){1,7}|:):(?:${group}:){0,6}(?:${ipv4}|${group})?(?![0-9a-z:])`,
      'gi',
    ),
    '[ip]',
  ],
  [ipv4Address, '[ip]'],
  // What is left of an address where a payload ends before it does.
  [/(?<![0-9a-f])[0-9a-f]{2}([:_.-])(?:[0-9a-f]{2}\1){2,4}[0-9a-f]{0,2}$/gi, '[mac]'],
  [new RegExp(String.raw`(?<![\d.])(?:${octet}\.){2,3}$`, 'g'), '[ip]'],
  [/[^\s"'<>()[\]{},;:=@]+@[^\s"'<>()[\]{},;:=@]+\.[^\s"'<>()[\]{},;:=@]+/g, '[mail]'],
  // `hostname/address`, as Java prints one and Meraki passes it on.
  [/"[^"/\\]{1,253}\/\[ip\]/g, '"[name]/[ip]'],
  // A value cut off at the limit has no closing quote.
  [
    /("?(?:host_?name|user_?name|user_?id|user|name|alias|note|ssid|identity|dhcpHostname)"?\s*[:=]\s*)"(?:[^"\\]|\\.)*(?:"|\\?$)/gi,
    '$1"[name]"',
  ],
  // What a sender shows to be believed, and what a controller tells of its networks.
  [
    /("?\w{0,24}(?:secret|passw(?:or)?d|passphrase|token|api_?key|authkey|psk)"?\s*[:=]\s*)"(?:[^"\\]|\\.)*(?:"|\\?$)/gi,
    '$1"[secret]"',
  ],
];

/** Characters that an address may be made of: what of it stands at the cut goes with it. */
const cutOff = /[0-9a-z:._@+-]{1,64}$/i;

/**
 * A payload as text that may be shown: client identities blacked out, no control characters, cut at a limit.
 * It errs on the side of black: what looks like an address of a client goes, even where it is none.
 */
export const redact = (payload: Uint8Array): string => {
  const bytesMax = limits.quarantinePayloadBytesMax;
  const cut = payload.subarray(0, bytesMax);
  let text = Buffer.from(cut.buffer, cut.byteOffset, cut.byteLength).toString('utf8');
  if (payload.length > bytesMax) text = text.replace(cutOff, '');
  for (const [pattern, replacement] of identities) text = text.replace(pattern, replacement);
  return text.replace(/\p{Cc}/gu, '\u00b7').slice(0, bytesMax);
};

/** EUI-48 and EUI-64 with separators, and IPv4: what names a device in a topic by its bare digits may stay. */
const written = /(?<![0-9a-f])[0-9a-f]{2}([:_-])(?:[0-9a-f]{2}\1){4,6}[0-9a-f]{2}(?![0-9a-f])/gi;

/** A topic or a line about one, without the addresses that people's devices have in them. */
export const redactAddresses = (text: string): string =>
  text.replace(written, '[mac]').replace(ipv4Address, '[ip]');
