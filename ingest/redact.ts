import { limits } from '../model/limits.ts';
import {
  addresses,
  groupedHardwareAddresses,
  ipv4Address,
  ipv6Addresses,
  type Replacement,
} from './redact-addresses.ts';
import { names } from './redact-names.ts';

/** Characters that an address may be made of: what of it stands at the cut goes with it. */
const cutOff = /[0-9a-z:._@+-]{1,64}$/i;

const replaceAll = (text: string, replacements: readonly Replacement[]): string => {
  let redacted = text;
  for (const [pattern, by] of replacements) redacted = redacted.replace(pattern, by);
  return redacted;
};

/** A tenth of what can be read as text and is no text: then it is none, whatever words stand in it. */
const strangeMax = 0.1;
const strange = /[\p{Cc}\uFFFD]/gu;
const space = /^[\t\n\r ]+|\0+$/g;

/** Protobuf, CBOR, compressed: names stand in there without a quote around them, so nothing of it can be shown. */
const isBinary = (text: string): boolean => {
  const trimmed = text.replace(space, '');
  const marks = trimmed.replace(/[\t\n\r]/g, '').match(strange)?.length ?? 0;
  return /^[\p{Cc}\uFFFD]/u.test(trimmed) || marks > trimmed.length * strangeMax;
};

/**
 * A payload as text that may be shown: client identities blacked out, no control characters, cut at a limit; of a
 * binary one only its size. It errs on the side of black: what looks like an address of a client goes, even where it
 * is none.
 */
export const redact = (payload: Uint8Array): string => {
  const bytesMax = limits.quarantinePayloadBytesMax;
  const cut = payload.subarray(0, bytesMax);
  let text = Buffer.from(cut.buffer, cut.byteOffset, cut.byteLength).toString('utf8');
  if (isBinary(text)) return `[binary, ${payload.length} bytes]`;
  if (payload.length > bytesMax) text = text.replace(cutOff, '');
  text = replaceAll(replaceAll(text, addresses), names);
  return text.replace(/\p{Cc}/gu, '\u00b7').slice(0, bytesMax);
};

/** EUI-48 and EUI-64 with separators: what names a device in a topic by its bare digits may stay. */
const paired: Replacement = [
  /(?<![0-9a-f])[0-9a-f]{2}([:_-])(?:[0-9a-f]{2}\1){4,6}[0-9a-f]{2}(?![0-9a-f])/gi,
  '[mac]',
];
/** The Things Stack has `application@tenant` in its topics, which is nobody's. */
const mail: Replacement = [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '[mail]'];
const inTopics: readonly Replacement[] = [
  paired,
  ...groupedHardwareAddresses,
  ...ipv6Addresses,
  ipv4Address,
  mail,
];

/** A topic or a line about one, without the addresses that people's devices have in them. */
export const redactAddresses = (text: string): string => replaceAll(text, inTopics);
