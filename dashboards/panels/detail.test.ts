import { expect, test } from 'vitest';
import { viaRossini as site } from '../../test/support/via-rossini.ts';
import { buildDashboards } from '../build.ts';
import { dashboardSchema } from '../lint/dashboard.ts';

const built = buildDashboards({ site });
const linked = [...built].flatMap(([file, text]) =>
  [...text.matchAll(/"url": "(\/d\/[^"]+)\?([^"]+)"/g)].map(
    ([, path = '', query = '']) => [file, path, query] as const,
  ),
);

test('every link of data leads to a board of its language, which has the variable that it sets', () => {
  const boards = new Map(
    [...built]
      .map(([file, text]) => [file.split('/')[0], dashboardSchema.parse(JSON.parse(text))] as const)
      .map(([language, board]) => [`/d/${board.uid}`, { language, board }]),
  );
  for (const [file, path, query] of linked) {
    const { language, board } = boards.get(path) ?? {};
    expect(language, `${file} ${path}`).toBe(file.split('/')[0]);
    const names = [...query.matchAll(/var-(\w+)=|\$\{(\w+):queryparam\}/g)].map(
      ([, set, kept]) => set ?? kept,
    );
    expect(names).toHaveLength(4);
    expect(board?.templating.list.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(query).toMatch(/^\$\{__url_time_range\}&/);
  }
});

test('seats, access points and meters are each reached from a board', () => {
  const reached = new Set(linked.map(([, path]) => path));
  expect([...reached].sort()).toEqual(
    ['access-point', 'meter', 'seat'].flatMap((slug) => [`/d/aperto-${slug}-en`, `/d/aperto-${slug}-it`]),
  );
});
