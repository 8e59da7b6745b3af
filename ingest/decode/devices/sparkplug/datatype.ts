/** Sparkplug's data types by number and by the names that JSON renderings use [Sparkplug 3.0.0 §6.4.16]. */
export const datatypes = {
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  Float: 9,
  Double: 10,
  Boolean: 11,
  String: 12,
} as const;

const signedBits: Readonly<Record<number, number>> = {
  [datatypes.Int8]: 8,
  [datatypes.Int16]: 16,
  [datatypes.Int32]: 32,
  [datatypes.Int64]: 64,
};

/** A whole number as it is meant: signed ones travel as unsigned ones in two's complement. */
export const toInteger = (text: string, datatype: number | undefined): number => {
  const value = BigInt(text);
  const bits = datatype === undefined ? undefined : signedBits[datatype];
  return Number(bits === undefined ? value : BigInt.asIntN(bits, value));
};

/** The shortest decimal that is this 32-bit float: 12.1 and not 12.100000381469727. */
export const toFloat = (value: number): number => {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
};
