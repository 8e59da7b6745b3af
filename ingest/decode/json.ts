import { isUtf8 } from 'node:buffer';
import { messageOf } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { type Rejected, rejected } from './decoded.ts';

/** Bytes to text: refuses what is empty, too large, or not UTF-8 [RFC 8259 §8.1]. */
export const toText = (payload: Uint8Array, bytesMax: number = limits.payloadBytesMax): string | Rejected => {
  if (payload.length === 0) return rejected('empty_payload', 'the payload has no bytes');
  if (payload.length > bytesMax) {
    return rejected('too_large', `${payload.length} bytes; at most ${bytesMax} are taken`);
  }
  if (!isUtf8(payload)) return rejected('invalid_utf8', 'the payload is not UTF-8');
  const bytes = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return bytes.toString('utf8');
};

/** Text to a JSON value. The parser's own message is not passed on: it quotes the payload. */
export const toJson = (text: string): { readonly value: unknown } | Rejected => {
  // An exception is dear, and most text that is no JSON shows it at once.
  if (!text.startsWith('{') && !beginning.test(text))
    return rejected('not_json', 'the payload is not JSON from byte 0 on');
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return rejected('not_json', `the payload is not JSON${placeOf(messageOf(error))}`);
  }
};

/** What a JSON value can begin with, after white space [RFC 8259 §2, §3]. */
const beginning = /^[ \t\n\r]*(?:[[{"\d-]|true|false|null)/;

const placeOf = (message: string): string => {
  const place = /at position (\d+)/.exec(message);
  return place === null ? '' : ` from character ${place[1]} on`;
};
