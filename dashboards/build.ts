import type { Site } from '../model/site.ts';
import { boardsOf } from './boards/boards.ts';
import { render } from './boards/render.ts';
import { languages } from './text.ts';

/** Every board in every language: file name under `generated/` (`it/place-use.json`) to its text. Same site, same bytes. */
export const buildDashboards = ({ site }: { readonly site: Site }): ReadonlyMap<string, string> =>
  new Map(
    boardsOf(site).flatMap((board) =>
      languages.map((language): [string, string] => [
        `${language}/${board.slug}.json`,
        `${JSON.stringify(render(board, { language, site }), undefined, 2)}\n`,
      ]),
    ),
  );
