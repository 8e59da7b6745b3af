import { Decoder, FLOAT32_OPTIONS, setSizeLimits } from 'cbor-x';
import { limits } from '../../../../model/limits.ts';
import { type Rejected, rejected } from '../../decoded.ts';
import type { RawRecord } from './records.ts';

/** Labels of SenML in CBOR [RFC 8428 §6, table 4]. */
const labels: ReadonlyMap<unknown, string> = new Map([
  [-6, 'bs'],
  [-5, 'bv'],
  [-4, 'bu'],
  [-3, 'bt'],
  [-2, 'bn'],
  [-1, 'bver'],
  [0, 'n'],
  [1, 'u'],
  [2, 'v'],
  [3, 'vs'],
  [4, 'vb'],
  [5, 's'],
  [6, 't'],
  [7, 'ut'],
  [8, 'vd'],
]);

/** More than a payload holds in earnest: a header that promises more is not believed. */
setSizeLimits({ maxArraySize: 10_000, maxMapSize: 64, maxObjectSize: 64 });

/** Single-precision figures are read as the decimal that they were made of: 21.1 and not 21.10000038. */
const decoder = new Decoder({
  mapsAsObjects: false,
  useRecords: false,
  useFloat32: FLOAT32_OPTIONS.DECIMAL_ROUND,
});

/** Where the first item of a CBOR array begins, by the array's header [RFC 8949 §3]. */
const itemsAt: ReadonlyMap<number, number> = new Map([
  ...Array.from({ length: 0x17 }, (_, count): [number, number] => [0x81 + count, 1]),
  [0x98, 2],
  [0x99, 3],
  [0x9f, 1],
]);

/** An array whose first item is a map. No text begins like this: such a byte cannot be the first of UTF-8. */
export const looksLikeCbor = (payload: Uint8Array): boolean => {
  const at = itemsAt.get(payload[0] ?? 0);
  return at !== undefined && (payload[at] ?? 0) >> 5 === 5;
};

/** Records of a pack by the labels of JSON; `undefined` where it is an array of something else. */
export const readCbor = (payload: Uint8Array): readonly RawRecord[] | Rejected | undefined => {
  if (payload.length > limits.payloadBytesMax)
    return rejected('too_large', `${payload.length} bytes; at most ${limits.payloadBytesMax} are taken`);
  let decoded: unknown;
  try {
    decoded = decoder.decode(payload);
  } catch (error) {
    // The decoder throws its own errors, and those of the runtime where a payload nests too deep.
    if (error instanceof Error) return rejected('not_understood', 'the payload begins as CBOR and is none');
    throw error;
  }
  if (!Array.isArray(decoded)) return undefined;
  const records: RawRecord[] = [];
  for (const record of decoded) {
    if (!(record instanceof Map)) return undefined;
    records.push(toRecord(record));
  }
  return records;
};

const toRecord = (record: ReadonlyMap<unknown, unknown>): RawRecord => {
  const known = new Map<string, unknown>();
  for (const [key, value] of record) {
    const label = labels.get(key) ?? (typeof key === 'string' ? key : undefined);
    if (label !== undefined) known.set(label, value);
  }
  return known;
};
