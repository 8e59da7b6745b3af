import { limits } from '../model/limits.ts';

const identities: readonly (readonly [RegExp, string])[] = [
  // EUI-48 and EUI-64 in the usual spellings: colons, hyphens, Cisco dots, and twelve bare hex digits with a letter.
  [/\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,7}\b/gi, '[mac]'],
  [/\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b/gi, '[mac]'],
  [/\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12}\b/gi, '[mac]'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '[ip]'],
  [/(?<![0-9a-z:.])(?:[0-9a-f]{1,4}:){5,7}[0-9a-f]{1,4}(?![0-9a-z:])/gi, '[ip]'],
  [/(?<![0-9a-z:.])(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{0,4}::(?:[0-9a-f]{1,4}:?){0,6}/gi, '[ip]'],
  [/[\w.+-]+@[\w-]+\.[\w.]+/g, '[mail]'],
  [/("?(?:host_?name|user_?name|user|name|ssid|identity|dhcpHostname)"?\s*[:=]\s*)"[^"]*"/gi, '$1"[name]"'],
];

/** A payload as text that may be shown: client identities blacked out, no control characters, cut at a limit. */
export const redact = (payload: Uint8Array): string => {
  const cut = payload.subarray(0, limits.quarantinePayloadBytesMax);
  let text = Buffer.from(cut.buffer, cut.byteOffset, cut.byteLength).toString('utf8');
  for (const [pattern, replacement] of identities) text = text.replace(pattern, replacement);
  return text.replace(/\p{Cc}/gu, '\u00b7');
};
