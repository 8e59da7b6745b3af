import { buildDashboards } from '../dashboards/build.ts';
import { dashboardSchema, panelsOf } from '../dashboards/lint/dashboard.ts';
import { ask, type InfluxAccess } from '../dashboards/preview/influx.ts';
import { openingChoices, questionsOf } from '../dashboards/preview/question.ts';
import { openInfluxHistories } from '../store/influx/influx-store.ts';
import { benchSite, fillAndRoll } from './rollup.ts';

const days = 30;
/** Connections that a browser opens to Grafana, and Grafana to InfluxDB. */
const atOnce = 6;

/** How long all queries of each board take, over a month of the street; those of collapsed rows too. */
export const benchBoards = async (): Promise<void> => {
  const { INFLUX_URL: url = '', INFLUX_TOKEN: token = '' } = process.env;
  if (url === '') {
    process.stdout.write('boards: not measured, set INFLUX_URL to a server for tests\n');
    return;
  }
  const access = { url, database: 'aperto_bench_boards', ...(token === '' ? {} : { token }) };
  const histories = await openInfluxHistories(access);
  const site = await benchSite();
  const { points, from, to } = await fillAndRoll(histories, site, days, 60_000);
  await Promise.all([histories.raw.close(), histories.rollup.close()]);
  process.stdout.write(
    `boards: ${days} days of the whole street each minute, ${points.toLocaleString('en')} points\n`,
  );
  for (const [file, text] of buildDashboards({ site })) {
    if (!file.startsWith('en/')) continue;
    const dashboard = dashboardSchema.parse(JSON.parse(text));
    for (const [name, span] of [
      ['last day', { from: to - 86_400_000, to }],
      ['month', { from, to }],
    ] as const) {
      const questions = panelsOf(dashboard).flatMap((panel) =>
        questionsOf(panel, dashboard, openingChoices(dashboard), span),
      );
      const ms = await timeOf(access, questions);
      process.stdout.write(`boards: ${file} ${name}: ${questions.length} queries, ${ms} ms\n`);
    }
  }
};

const timeOf = async (access: InfluxAccess, questions: readonly string[]): Promise<number> => {
  const waiting = [...questions];
  const started = performance.now();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await ask(access, next);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return Math.round(performance.now() - started);
};
