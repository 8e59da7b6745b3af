import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ApertoError, messageOf } from '../model/errors.ts';
import type { Site } from '../model/site.ts';
import { buildAlerts } from './alerts/build.ts';
import type { Alerting } from './alerts/configuration.ts';
import { buildDashboards } from './build.ts';

/** Which boards and alerts, and where they stand: `directory` holds `it/`, `en/` and `alerting/`. */
export interface DashboardOptions {
  readonly site: Site;
  readonly alerting: Alerting;
  readonly directory: string;
}

/** All that is written, by name under the directory: boards as JSON, alerts as YAML. */
export const buildAll = (options: Pick<DashboardOptions, 'site' | 'alerting'>): ReadonlyMap<string, string> =>
  new Map([...buildDashboards(options), ...buildAlerts(options)]);

/**
 * Writes every board and alert. Files that are there already are overwritten; others are left alone.
 * @returns paths that were written, relative to `directory`
 * @throws ApertoError `config` where a file cannot be written
 */
export const writeDashboards = async ({ directory, ...options }: DashboardOptions): Promise<string[]> => {
  const files = buildAll(options);
  for (const [file, text] of files) await writeOne(join(directory, file), text);
  return [...files.keys()];
};

const writeOne = async (path: string, text: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new ApertoError('config', `cannot write ${path}: ${messageOf(error)}; choose another folder`, {
      cause: error,
    });
  }
};
