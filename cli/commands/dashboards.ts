import { type Command, Option } from 'commander';
import { languages } from '../../dashboards/text.ts';
import type { DashboardWords } from '../actions/dashboards.ts';
import type { PreviewWords } from '../actions/preview-dashboards.ts';
import type { GrafanaWords } from '../actions/push-dashboards.ts';
import { toPort } from '../options.ts';
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

  const grafana = (name: string, description: string): Command =>
    dashboards
      .command(name)
      .description(description)
      .option('--site <file>', 'site file', defaultSiteFile)
      .option('--grafana <url>', 'where Grafana is', 'http://127.0.0.1:3000')
      .addOption(new Option('--language <language>', 'boards of one language alone').choices(languages))
      .addHelpText('after', '\nThe token is in GRAFANA_TOKEN, or in the file that GRAFANA_TOKEN_FILE names.');

  grafana('push', 'put the boards into a Grafana by its HTTP API, over those of the same uid').action(
    async (words: GrafanaWords) => (await import('../actions/push-dashboards.ts')).push(words),
  );
  grafana('diff', 'say what push would change').action(async (words: GrafanaWords) =>
    (await import('../actions/push-dashboards.ts')).diff(words),
  );

  dashboards
    .command('preview')
    .description('show the boards in a browser without Grafana, over what an InfluxDB holds')
    .option('--site <file>', 'site file', defaultSiteFile)
    .option('--influx <url>', 'where InfluxDB is', process.env.INFLUX_URL ?? 'http://127.0.0.1:8086')
    .option('--database <name>', 'database or bucket', process.env.INFLUX_BUCKET ?? 'aperto')
    .option('--port <port>', 'port on 127.0.0.1, 0 for a free one', toPort, 8081)
    .addHelpText('after', '\nThe token is in INFLUX_TOKEN, or in the file that INFLUX_TOKEN_FILE names.')
    .action(async (words: PreviewWords) => (await import('../actions/preview-dashboards.ts')).preview(words));
};
