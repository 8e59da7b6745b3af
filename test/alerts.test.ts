import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardsOf } from '../dashboards/boards/boards.ts';
import { idOf } from '../dashboards/panels/id.ts';
import { languages } from '../dashboards/text.ts';
import { isMeasurementName, isStoredName, type StoredName } from '../model/measurements.ts';
import type { Point } from '../model/point.ts';
import type { Site } from '../model/site.ts';
import { openInfluxHistories } from '../store/influx/influx-store.ts';
import type { Store } from '../store/store.ts';
import { readRoot } from './compose-file.ts';
import { type Influx, startInflux } from './services/influx.ts';
import { alertCases } from './support/alert-cases.ts';
import { evaluate, type WrittenRule, writtenRules } from './support/alerts.ts';
import { viaRossini } from './support/via-rossini.ts';

const now = Date.now();
const cases = alertCases(now);
/** Each case has two sites of its own, so that the data of one rule says nothing to another. */
const siteOf = (slug: string, state: 'wrong' | 'well'): Site => ({ ...viaRossini, id: `${slug}-${state}` });

const isRaw = (point: Point<StoredName>): point is Point => isMeasurementName(point.measurement);
type Rollup = Parameters<Awaited<ReturnType<typeof openInfluxHistories>>['rollup']['write']>[0][number];
const isRollup = (point: Point<StoredName>): point is Rollup =>
  isStoredName(point.measurement) && !isMeasurementName(point.measurement);

let influx: Influx;
beforeAll(async () => {
  influx = await startInflux();
  const { raw, rollup } = await openInfluxHistories(influx);
  const points = cases.flatMap(({ slug, ...states }) =>
    (['wrong', 'well'] as const).flatMap((state) =>
      states[state].map((point) => ({ ...point, tags: { ...point.tags, site: siteOf(slug, state).id } })),
    ),
  );
  const write = async <M extends StoredName>(store: Store<M>, some: readonly Point<M>[]): Promise<void> => {
    expect(await store.write(some)).toEqual({ stored: some.length, rejected: [] });
    await store.close();
  };
  await write(raw, points.filter(isRaw));
  await write(rollup, points.filter(isRollup));
});
afterAll(async () => {
  await influx.dropDatabase(`${influx.database}_rollup`);
  await influx.stop();
});

const slugOf = ({ annotations }: WrittenRule): string => new URL(annotations.runbook_url).hash.slice(1);

const ruleOf = (slug: string, site: Site, language: 'it' | 'en'): WrittenRule => {
  const rule = writtenRules(site, language).find((written) => slugOf(written) === slug);
  if (rule === undefined) throw new Error(`no rule ${slug}`);
  return rule;
};

test('every rule has its case', () => {
  const slugs = writtenRules(viaRossini, 'it').map(slugOf);
  expect(slugs).toHaveLength(18);
  expect(cases.map(({ slug }) => slug).sort()).toEqual([...slugs].sort());
});

test.each(languages.flatMap((language) => cases.map((one) => [language, one.slug, one] as const)))(
  '%s: %s fires where it must, and not where all is well',
  async (language, slug, { fires }) => {
    const found = await evaluate(influx, ruleOf(slug, siteOf(slug, 'wrong'), language));
    if (!(found instanceof Map)) throw new Error(`${slug}: no figures`);
    expect([...found].flatMap(([labels, state]) => (state === 'Alerting' ? [labels] : []))).toEqual(fires);
    const quiet = await evaluate(influx, ruleOf(slug, siteOf(slug, 'well'), language));
    if (!(quiet instanceof Map)) throw new Error(`${slug}: no figures`);
    expect([...quiet.values()]).toEqual(['OK']);
  },
);

test('where nothing is stored, only silence itself is an alert', async () => {
  const rules = writtenRules({ ...viaRossini, id: 'nowhere' }, 'en');
  const states = await Promise.all(rules.map(async (rule) => [slugOf(rule), await evaluate(influx, rule)]));
  expect(states.filter(([, state]) => state === 'Alerting').map(([slug]) => slug)).toEqual([
    'store-lag',
    'internet-loss',
  ]);
  expect(states.filter(([, state]) => state !== 'Alerting').every(([, state]) => state === 'OK')).toBe(true);
});

test('every alert is explained in docs/alerts.md, in the order of the rules', () => {
  const sections = [...readRoot('docs/alerts.md').matchAll(/^### (\S+)$/gm)].map(([, slug]) => slug);
  expect(sections).toEqual(writtenRules(viaRossini, 'en').map(slugOf));
});

test.each(languages)('%s: every alert opens a panel that is there', (language) => {
  const panels = new Map(
    boardsOf(viaRossini).map(({ slug, rows }) => [
      `aperto-${slug}-${language}`,
      rows
        .flatMap(({ bands }) => bands.flat())
        .flatMap(({ cells }) => cells.map(({ panel }) => idOf(panel.key))),
    ]),
  );
  for (const { title, dashboardUid, panelId } of writtenRules(viaRossini, language)) {
    expect(panels.get(dashboardUid), title).toContain(panelId);
  }
});

test('both languages and several sites can be loaded beside each other', () => {
  const all = [viaRossini, { ...viaRossini, id: 'piazza' }].flatMap((site) =>
    languages.flatMap((language) => writtenRules(site, language)),
  );
  expect(new Set(all.map(({ uid }) => uid)).size).toBe(all.length);
});
