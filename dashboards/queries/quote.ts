/** InfluxQL specification, "Identifiers" and "Strings": a backslash escapes itself, the quote and the newline. */
const backslashed = (text: string, quote: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n');

/** Name of a measurement, tag, field or column. */
export const quoteIdentifier = (name: string): string => `"${backslashed(name, '"')}"`;

/** A string literal. */
export const quoteString = (value: string): string => `'${backslashed(value, "'")}'`;
