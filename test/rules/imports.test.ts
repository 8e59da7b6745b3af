import { expect, test } from 'vitest';
import { type File, files, importsOf, isTest, typescript } from './files.ts';

/**
 * What a room may import beside itself: a folder (it ends in a slash) or one file. Simulators encode by
 * themselves, because a helper that they shared with the decoders would hide a mistake of both.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  gateway: [
    'model/',
    'ingest/message.ts',
    'ingest/ledger.ts',
    'ingest/live.ts',
    'ingest/quarantine.ts',
    'ingest/strangers.ts',
    'ingest/decode/native/schema.ts',
    'store/store.ts',
    'kpi/anomalies/',
    'kpi/anonymity.ts',
    'kpi/figure.ts',
    'kpi/kpi.ts',
    'kpi/kpis.ts',
    'kpi/settings.ts',
    'kpi/query/',
  ],
  ingest: ['model/', 'store/store.ts'],
  store: ['model/'],
  kpi: ['model/', 'store/store.ts', 'store/history.ts'],
  dashboards: ['model/'],
  // Shapes alone, as types: what the API answers is defined once, and no code of the server is sent to a browser.
  web: [
    'gateway/http/entry.ts',
    'gateway/http/public-view.ts',
    'gateway/http/routes/devices.ts',
    'gateway/http/routes/kpi.ts',
    'gateway/http/routes/ledger.ts',
    'gateway/http/routes/quarantine.ts',
    'gateway/http/routes/rollups.ts',
    'gateway/http/routes/series.ts',
    'gateway/http/routes/site.ts',
    'gateway/http/routes/sites.ts',
    'kpi/kpis.ts',
    'model/measurements.ts',
  ],
  simulators: ['model/topic.ts', 'model/site.ts', 'model/clock.ts', 'model/errors.ts', 'model/limits.ts'],
};
/** The rooms that put the parts together. */
const wiring = ['cli', 'bench', 'test'];
/** Adapters do not know each other. */
const strangers = ['store/duckdb/', 'store/influx/'];

const roomOf = (path: string): string => path.split('/')[0] ?? '';
const startsWithOneOf = (path: string, starts: readonly string[]): boolean =>
  starts.some((start) => path.startsWith(start));

const isAllowed = (from: string, to: string): boolean => {
  if (isTest({ path: to, text: '' })) return roomOf(from) === 'bench';
  const home = strangers.find((adapter) => from.startsWith(adapter));
  if (home !== undefined && startsWithOneOf(to, strangers)) return to.startsWith(home);
  const room = roomOf(from);
  if (wiring.includes(room) || room === roomOf(to)) return true;
  return startsWithOneOf(to, mayImport[room] ?? []);
};

const violations = (file: File): string[] =>
  isTest(file) || !file.path.includes('/')
    ? []
    : importsOf(file)
        .filter((to) => !isAllowed(file.path, to))
        .map((to) => `${file.path} imports ${to}`);

test('every room imports model and the next stage alone; only cli wires', () => {
  expect(typescript.flatMap(violations)).toEqual([]);
});

/** What is no type is in the bundle: of the other rooms only what is data. */
const dataForBrowsers = ['kpi/kpis.ts', 'model/measurements.ts'];
const bundled = ({ path, text }: File): string[] =>
  importsOf({ path, text: text.replaceAll(/import type [^;]*;/g, '') }).filter(
    (to) => roomOf(to) !== 'web' && !dataForBrowsers.includes(to),
  );

test('the live board takes types alone from the server', () => {
  const board = typescript.filter((file) => file.path.startsWith('web/') && !isTest(file));
  expect(board.length).toBeGreaterThan(20);
  expect(board.flatMap(bundled)).toEqual([]);
});

test('every folder with sources is a room that the rule knows', () => {
  const rooms = new Set(typescript.map(({ path }) => roomOf(path)).filter((room) => !room.endsWith('.ts')));
  expect([...rooms].filter((room) => !(room in mayImport) && !wiring.includes(room))).toEqual([]);
});

test('every file that the rule names exists', () => {
  const paths = new Set(files.map(({ path }) => path));
  const named = Object.values(mayImport).flat();
  expect(named.filter((path) => path.endsWith('.ts') && !paths.has(path))).toEqual([]);
});

test.each([
  ['model/site.ts', '../ingest/live.ts'],
  ['gateway/accept.ts', '../ingest/spool/spool.ts'],
  ['gateway/http/app.ts', '../../store/duckdb/store.ts'],
  ['ingest/drain.ts', '../store/influx/store.ts'],
  ['ingest/drain.ts', '#root/store/influx/store.ts'],
  ['store/duckdb/store.ts', '../influx/line.ts'],
  ['simulators/seat.ts', '../model/occupancy.ts'],
  ['simulators/seat.ts', '../ingest/decode/native/schema.ts'],
  ['dashboards/lint.ts', '../store/store.ts'],
  ['ingest/live.ts', '../cli/main.ts'],
  ['cli/main.ts', '../test/build.ts'],
  ['ingest/live.ts', './live.test.ts'],
  ['web/main.ts', '../gateway/http/server.ts'],
  ['gateway/http/app.ts', '../../web/main.ts'],
])('the rule finds %s importing %s', (path, name) => {
  expect(violations({ path, text: `import { a } from '${name}';\n` })).toHaveLength(1);
});

test.each([
  ['gateway/accept.ts', '../ingest/message.ts'],
  ['ingest/drain.ts', '../store/store.ts'],
  ['store/duckdb/store.ts', '../store.ts'],
  ['cli/service.ts', '../gateway/broker.ts'],
  ['gateway/accept.test.ts', '../ingest/spool/spool.ts'],
])('the rule lets %s import %s', (path, name) => {
  expect(violations({ path, text: `import { a } from '${name}';\n` })).toEqual([]);
});
