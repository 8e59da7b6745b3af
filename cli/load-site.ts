import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ApertoError, messageOf } from '../model/errors.ts';
import { parseSite, type Site } from '../model/site.ts';

/**
 * Reads a site file from disk.
 * @throws ApertoError `config` naming file, line, path and what to do
 */
export const loadSite = (file: string): Site => {
  const name = relative(process.cwd(), file).startsWith('..') ? file : relative(process.cwd(), file);
  return parseSite(readText(file, name), name);
};

const readText = (file: string, name: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ApertoError('config', `site file ${name}: cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
};
