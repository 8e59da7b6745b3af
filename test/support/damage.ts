import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

const pageBytes = 4096;

/** Writes bytes over a file's own, from `offset` on. */
export const overwrite = (path: string, offset: number, bytes: Uint8Array): void => {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
};

/** Zeroes a page of an SQLite file; the first is 1, as SQLite counts. */
export const zeroPage = (path: string, page: number): void =>
  overwrite(path, (page - 1) * pageBytes, Buffer.alloc(pageBytes));

export const pagesOf = (path: string): number => Math.floor(readFileSync(path).length / pageBytes);

export const cutTo = (path: string, share: number): void => {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  closeSync(file);
  truncateSync(path, Math.floor(size * share));
};

/** Flips the lowest bit of the byte behind the only place of a text. */
export const flipAfter = (path: string, text: string): void => {
  const bytes = readFileSync(path);
  const place = bytes.indexOf(text);
  if (place < 0 || bytes.includes(text, place + 1)) throw new Error(`"${text}" is not once in the file`);
  const index = place + text.length;
  overwrite(path, index, Buffer.from([(bytes[index] ?? 0) ^ 1]));
};

/** Bytes that are no database. */
export const garbage = (path: string): void =>
  writeFileSync(path, Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251)));
