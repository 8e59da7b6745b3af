import { statSync } from 'node:fs';
import { parseAlerting } from '../../dashboards/alerts/configuration.ts';
import { checkDashboards, findingText } from '../../dashboards/check.ts';
import { type DashboardOptions, writeDashboards } from '../../dashboards/write.ts';
import { ApertoError } from '../../model/errors.ts';
import { loadSite } from '../load-site.ts';
import { readText } from '../read-text.ts';

export interface DashboardWords {
  readonly site: string;
  readonly alerts: string;
  readonly directory: string;
}

const load = ({ site, alerts, directory }: DashboardWords): DashboardOptions => ({
  site: loadSite(site),
  alerting: parseAlerting(readText(alerts, '--alerts'), alerts),
  directory,
});

export const build = async (words: DashboardWords): Promise<void> => {
  if (kindOf(words.directory) === 'file') throw notFolder(words.directory, 'is a file');
  for (const file of await writeDashboards(load(words))) process.stdout.write(`${file}\n`);
};

export const check = async (words: DashboardWords): Promise<void> => {
  const { directory } = words;
  const kind = kindOf(directory);
  if (kind !== 'folder') throw notFolder(directory, kind === 'file' ? 'is a file' : 'is not there');
  const findings = await checkDashboards(load(words));
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
