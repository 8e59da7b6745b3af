import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { checkDashboards, findingText } from '../../dashboards/check.ts';
import { type DashboardOptions, writeDashboards } from '../../dashboards/write.ts';
import { ApertoError } from '../../model/errors.ts';
import { defaultSiteFile, loadSite } from '../load-site.ts';
import { rootFile } from '../root.ts';

export const addDashboards = (program: Command): void => {
  const dashboards = program
    .command('dashboards')
    .description("Grafana boards, made from the writer's own model");
  const add = (
    name: string,
    description: string,
    action: (options: DashboardOptions) => Promise<void>,
  ): void => {
    dashboards
      .command(name)
      .description(description)
      .option('--site <file>', 'site file', defaultSiteFile)
      .option('--directory <directory>', 'folder of the boards', rootFile('dashboards/generated'))
      .action(({ site, directory }: { site: string; directory: string }) =>
        action({ site: loadSite(site), directory }),
      );
  };
  add('build', 'write the boards as JSON', async (options) => {
    if (kindOf(options.directory) === 'file') throw notFolder(options.directory, 'is a file');
    for (const file of await writeDashboards(options)) process.stdout.write(`${file}\n`);
  });
  add('check', 'hold the boards against the rules and the written files', async (options) => {
    const kind = kindOf(options.directory);
    if (kind !== 'folder') throw notFolder(options.directory, kind === 'file' ? 'is a file' : 'is not there');
    const findings = await checkDashboards(options);
    for (const finding of findings) process.stdout.write(`${findingText(finding)}\n`);
    if (findings.length > 0) process.exitCode = 2;
  });
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
