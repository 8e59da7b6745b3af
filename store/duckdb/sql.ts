/** A name of a table or column, quoted. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * An instant as a TIMESTAMP_MS constant. The cast matters: compared with a plain TIMESTAMP the column would be
 * cast row by row, and no row group could be skipped by its least and greatest time.
 */
export const instant = (ms: number): string => `make_timestamp_ms(${ms})::TIMESTAMP_MS`;
