import { statSync } from 'node:fs';
import { checkDashboards, findingText } from '../../dashboards/check.ts';
import { writeDashboards } from '../../dashboards/write.ts';
import { ApertoError } from '../../model/errors.ts';
import { loadSite } from '../load-site.ts';

export interface DashboardWords {
  readonly site: string;
  readonly directory: string;
}

export const build = async ({ site, directory }: DashboardWords): Promise<void> => {
  if (kindOf(directory) === 'file') throw notFolder(directory, 'is a file');
  for (const file of await writeDashboards({ site: loadSite(site), directory }))
    process.stdout.write(`${file}\n`);
};

export const check = async ({ site, directory }: DashboardWords): Promise<void> => {
  const kind = kindOf(directory);
  if (kind !== 'folder') throw notFolder(directory, kind === 'file' ? 'is a file' : 'is not there');
  const findings = await checkDashboards({ site: loadSite(site), directory });
  for (const finding of findings) process.stdout.write(`${findingText(finding)}\n`);
  if (findings.length > 0) process.exitCode = 2;
};

const kindOf = (path: string): 'folder' | 'file' | 'nothing' => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'nothing';
  return stats.isDirectory() ? 'folder' : 'file';
};

const notFolder = (directory: string, why: string): ApertoError =>
  new ApertoError(
    'usage',
    `--directory ${directory}: ${why}; name the folder that "aperto dashboards build" writes`,
  );
