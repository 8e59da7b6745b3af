import { crc32 } from 'node:zlib';
import type { Connection } from './connection.ts';

/** A row of the table of batches. */
export interface BatchRow {
  readonly id: number;
  readonly messages: number;
  readonly points: number;
  readonly crc: number;
  readonly body: ArrayBuffer;
}

/** Whether the row is the one that was written: a damaged page may give a value of any type. */
export const isIntact = ({ body, crc, messages, points }: BatchRow): boolean =>
  body instanceof ArrayBuffer &&
  Number.isInteger(messages) &&
  Number.isInteger(points) &&
  crc32(Buffer.from(body)) === crc;

export const textOf = ({ body }: BatchRow): string => Buffer.from(body).toString('utf8');

/** Rows after an id, newest first; each is read when it is asked for. */
export function* newestRows(file: Connection, after: number): Generator<BatchRow> {
  const newest = 'select * from batch where id > ? and id < ? order by id desc limit 1';
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const [row] = file.rows<BatchRow>(newest, after, before);
    if (row === undefined) return;
    before = row.id;
    yield row;
  }
}
