/** Major types of CBOR [RFC 8949 §3.1], at their place in the first byte. */
const major = { unsigned: 0x00, negative: 0x20, text: 0x60, array: 0x80, map: 0xa0 } as const;
const float64 = 0xfb;

/** The head of an item: its type and a number of up to 32 bits, as short as it goes [RFC 8949 §4.2.1]. */
const head = (type: number, count: number): Buffer => {
  if (count < 24) return Buffer.of(type + count);
  if (count < 0x100) return Buffer.of(type + 24, count);
  const bytes = Buffer.alloc(count < 0x1_0000 ? 3 : 5);
  bytes.writeUInt8(type + (count < 0x1_0000 ? 25 : 26));
  bytes.writeUIntBE(count, 1, bytes.length - 1);
  return bytes;
};

/** A whole number as an integer where 32 bits hold it; any other in double precision. */
export const numberOf = (value: number): Buffer => {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return head(major.unsigned, value);
  if (Number.isInteger(value) && value < 0 && value >= -(2 ** 32)) return head(major.negative, -1 - value);
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(float64);
  bytes.writeDoubleBE(value, 1);
  return bytes;
};

export const textOf = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([head(major.text, bytes.length), bytes]);
};

export const arrayOf = (items: readonly Buffer[]): Buffer =>
  Buffer.concat([head(major.array, items.length), ...items]);

/** A map with integers for keys. */
export const mapOf = (entries: readonly (readonly [key: number, value: Buffer])[]): Buffer =>
  Buffer.concat([
    head(major.map, entries.length),
    ...entries.flatMap(([key, value]) => [numberOf(key), value]),
  ]);
