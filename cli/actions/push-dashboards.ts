import { SingleBar } from 'cli-progress';
import { buildDashboards } from '../../dashboards/build.ts';
import { GrafanaClient } from '../../dashboards/grafana/client.ts';
import {
  type BoardWork,
  diffBoards,
  pushBoards,
  type Standing,
  standingText,
} from '../../dashboards/grafana/push.ts';
import { languages } from '../../dashboards/text.ts';
import { readSecret } from '../../gateway/secret.ts';
import { ApertoError } from '../../model/errors.ts';
import { loadSite } from '../load-site.ts';

export interface GrafanaWords {
  readonly site: string;
  readonly grafana: string;
  readonly language?: string;
}

/** Exit code 2 where something differs, so that a job can tell. */
export const diff = async (words: GrafanaWords): Promise<void> => {
  const standings = await withBar(words, diffBoards);
  for (const standing of standings) process.stdout.write(`${standingText(standing)}\n`);
  if (standings.some(({ state }) => state !== 'same')) process.exitCode = 2;
};

export const push = async (words: GrafanaWords): Promise<void> => {
  const standings = await withBar(words, pushBoards);
  for (const standing of standings) process.stdout.write(`${standingText(standing)}\n`);
  const pushed = standings.filter(({ state }) => state !== 'same').length;
  process.stdout.write(`${JSON.stringify({ event: 'done', pushed, same: standings.length - pushed })}\n`);
};

const withBar = async (
  { site, grafana, language }: GrafanaWords,
  work: (parts: BoardWork) => Promise<readonly Standing[]>,
): Promise<readonly Standing[]> => {
  const token = readSecret('GRAFANA_TOKEN', process.env);
  if (token === undefined) {
    throw new ApertoError(
      'config',
      'GRAFANA_TOKEN: not set; make a service account with the role Editor and set its token, or GRAFANA_TOKEN_FILE',
    );
  }
  const wanted = languages.filter((one) => language === undefined || one === language);
  const boards = new Map(
    [...buildDashboards({ site: loadSite(site) })].filter(([file]) =>
      wanted.some((one) => file.startsWith(`${one}/`)),
    ),
  );
  const bar = new SingleBar({ format: '{bar} {value}/{total}  {uid}', noTTYOutput: false, hideCursor: true });
  try {
    return await work({
      client: new GrafanaClient({ url: grafana, token }),
      boards,
      onProgress: (done, all, uid) => {
        if (done === 0) bar.start(all, 0, { uid });
        bar.update(done, { uid });
      },
    });
  } finally {
    bar.stop();
  }
};
