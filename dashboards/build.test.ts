import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { viaRossini as site } from '../test/support/via-rossini.ts';
import { buildDashboards } from './build.ts';
import { dashboardSchema, panelsOf } from './lint/dashboard.ts';
import { lintDashboards } from './lint/lint.ts';
import { findingText } from './lint/rule.ts';

const built = buildDashboards({ site });
const read = (text = '') => dashboardSchema.parse(JSON.parse(text));

test('nine boards are built in each language', () => {
  expect([...built.keys()]).toEqual([
    'it/now.json',
    'en/now.json',
    'it/place-use.json',
    'en/place-use.json',
    'it/wifi-quality.json',
    'en/wifi-quality.json',
    'it/energy.json',
    'en/energy.json',
    'it/devices.json',
    'en/devices.json',
    'it/pipeline.json',
    'en/pipeline.json',
    'it/seat.json',
    'en/seat.json',
    'it/access-point.json',
    'en/access-point.json',
    'it/meter.json',
    'en/meter.json',
  ]);
});

test('two builds are the same bytes', () => {
  expect([...buildDashboards({ site })]).toEqual([...built]);
});

test.each([...built])('the committed %s is what a build makes', async (file, text) => {
  const committed = await readFile(new URL(`generated/${file}`, import.meta.url), 'utf8');
  expect(committed).toBe(text);
});

test('no rule finds fault with 131 panels in each language', () => {
  expect(lintDashboards(built).map(findingText)).toEqual([]);
  const panels = [...built].flatMap(([file, text]) => (file.startsWith('it/') ? panelsOf(read(text)) : []));
  expect(panels).toHaveLength(131);
});

test('a board that asks for a field which nobody writes is found, by board and panel', () => {
  const edited = new Map(built);
  const file = 'it/place-use.json';
  edited.set(file, (built.get(file) ?? '').replace('noise_dba', 'noise_db'));
  expect(lintDashboards(edited).map(findingText)).toEqual([
    `${file}:Rumore:known-fields query A reads the field "noise_db", which the model's measurement "weather" does not have`,
    `${file}:Rumore:language-parity asks something else in the other language`,
  ]);
});

test('boards know uid, title and tags of their language, and each other', () => {
  const { uid, title, tags, links } = read(built.get('it/energy.json'));
  expect({ uid, title, tags }).toEqual({
    uid: 'aperto-energy-it',
    title: 'Aperto · Energia',
    tags: ['aperto-it', 'energia'],
  });
  expect(links).toMatchObject([
    { type: 'dashboards', tags: ['aperto-it'], keepTime: true, includeVars: true },
    { type: 'link', title: 'English', url: '/d/aperto-energy-en', keepTime: true, includeVars: true },
  ]);
});

test('the contracted power of the newest tariff is where the power turns red', () => {
  const [first] = site.tariff;
  if (first === undefined) throw new Error('the site has no tariff');
  const tariff = [{ ...first, from: '2030-01-01', contracted_power_kw: 20 }, ...site.tariff];
  const energy = read(buildDashboards({ site: { ...site, tariff } }).get('en/energy.json'));
  const power = panelsOf(energy).find(({ title }) => title === 'Power from the grid now');
  expect(power?.fieldConfig?.defaults.thresholds?.steps).toEqual([
    { color: 'green', value: null },
    { color: 'orange', value: 16_000 },
    { color: 'red', value: 20_000 },
  ]);
});

test('the boards of another site ask the same questions', () => {
  const other = buildDashboards({ site: { ...site, id: 'piazza', name: 'Piazza', seats: [], meters: [] } });
  expect(lintDashboards(other).map(findingText)).toEqual([]);
  const queries = (text?: string) =>
    panelsOf(read(text)).flatMap(({ targets }) => targets.map(({ query }) => query));
  for (const [file, text] of other) expect(queries(text)).toEqual(queries(built.get(file)));
});
