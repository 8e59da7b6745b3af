import type { Command } from 'commander';
import type { DashboardWords } from '../actions/dashboards.ts';
import { defaultSiteFile, rootFile } from '../root.ts';

export const addDashboards = (program: Command): void => {
  const dashboards = program
    .command('dashboards')
    .description("Grafana boards, made from the writer's own model");
  const command = (name: string, description: string): Command =>
    dashboards
      .command(name)
      .description(description)
      .option('--site <file>', 'site file', defaultSiteFile)
      .option('--alerts <file>', 'who is told of what', rootFile('sites/via-rossini.alerts.yaml'))
      .option('--directory <directory>', 'folder of the boards', rootFile('dashboards/generated'));

  command('build', 'write boards (JSON) and alerts (YAML) as Grafana reads them').action(
    async (words: DashboardWords) => (await import('../actions/dashboards.ts')).build(words),
  );
  command('check', 'hold boards and alerts against the rules and the written files').action(
    async (words: DashboardWords) => (await import('../actions/dashboards.ts')).check(words),
  );
};
