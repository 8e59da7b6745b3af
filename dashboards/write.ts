import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ApertoError, messageOf } from '../model/errors.ts';
import type { Site } from '../model/site.ts';
import { buildDashboards } from './build.ts';

/** Which boards, and where they stand: `directory` holds `it/` and `en/`. */
export interface DashboardOptions {
  readonly site: Site;
  readonly directory: string;
}

/**
 * Writes every board. Files that are there already are overwritten; others are left alone.
 * @returns paths that were written, relative to `directory`
 * @throws ApertoError `config` where a file cannot be written
 */
export const writeDashboards = async ({ site, directory }: DashboardOptions): Promise<string[]> => {
  const boards = buildDashboards({ site });
  for (const [file, text] of boards) await writeBoard(join(directory, file), text);
  return [...boards.keys()];
};

const writeBoard = async (path: string, text: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new ApertoError('config', `cannot write ${path}: ${messageOf(error)}; choose another folder`, {
      cause: error,
    });
  }
};
