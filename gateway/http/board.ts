import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { ApertoError } from '../../model/errors.ts';
import { etagOf } from './etag.ts';

/** One file of the live board as the build left it, with what was compressed beside it. */
export interface BoardFile {
  readonly type: string;
  readonly body: Buffer;
  readonly brotli: Buffer | undefined;
  readonly gzip: Buffer | undefined;
  readonly etag: string;
  /** Its name changes with its content, so it may be kept for ever. */
  readonly isHashed: boolean;
}

/** The built live board, by path: `index.html`, `assets/…`. */
export type Board = ReadonlyMap<string, BoardFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

const hashedPrefix = 'assets/hashed/';

/**
 * Reads the built board into memory: under a megabyte, and a build that runs beside a server takes nothing from it.
 * @throws ApertoError `config` where there is none
 */
export const readBoard = (directory: string): Board => {
  if (!existsSync(join(directory, 'index.html')))
    throw new ApertoError('config', `${directory}: the live board was not built; run npm run build`);
  const files = new Map<string, BoardFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(directory, file).replaceAll(sep, '/');
    const body = readFileSync(file);
    files.set(path, {
      type,
      body,
      brotli: readIfThere(`${file}.br`),
      gzip: readIfThere(`${file}.gz`),
      etag: etagOf(body),
      isHashed: path.startsWith(hashedPrefix),
    });
  }
  return files;
};

const readIfThere = (file: string): Buffer | undefined => (existsSync(file) ? readFileSync(file) : undefined);
