import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDashboards } from '../dashboards/build.ts';
import { dashboardSchema, panelsOf } from '../dashboards/lint/dashboard.ts';
import type { Point } from '../model/point.ts';
import { openInfluxHistories, openInfluxStore } from '../store/influx/influx-store.ts';
import { keep } from './kpi/histories.ts';
import { type Influx, startInflux } from './services/influx.ts';
import { fill, simulatedPoints } from './support/day.ts';
import { askInflux, figuresOf, interpolate, openingChoices, questionsOf } from './support/grafana.ts';
import { viaRossini as site } from './support/via-rossini.ts';

/** An event day, seen at six in the evening; the hour before it must not come into any figure. */
const to = Date.parse('2026-06-23T18:00:00+02:00');
const day = { from: to - 24 * 3_600_000, to };
const before = day.from - 3_600_000;

/** The native devices of the simulated street tell nothing of their batteries and links: these do. */
const conditions: readonly Point[] = [
  { measurement: 'device_health', fields: { battery_pct: 71, signal_dbm: -92 } },
  { measurement: 'device_health', fields: { link_quality: 120 } },
].map((point) => ({
  ...point,
  measurement: 'device_health',
  tags: { site: site.id, zone: 'pergola', device: 'S30' },
  time: to - 60_000,
}));

let influx: Influx;
let points: readonly Point[] = [];
beforeAll(async () => {
  points = [...simulatedPoints(site, { from: before, to }), ...conditions];
  influx = await startInflux();
  const { url, token, org, database } = influx;
  const store = await openInfluxStore({
    url,
    database,
    ...(token === undefined ? {} : { token }),
    ...(org === undefined ? {} : { org }),
  });
  expect(await fill(store, points)).toBe(points.length);
  await store.close();
  const histories = await openInfluxHistories(influx);
  const { clock, marks, roller } = keep(histories, site);
  roller.noteStored(points);
  clock.ms = to + 1_000;
  await roller.catchUp();
  marks.close();
  await Promise.all([histories.raw.close(), histories.rollup.close()]);
});
afterAll(async () => {
  await influx.dropDatabase(`${influx.database}_rollup`);
  await influx.stop();
});

const boards = [...buildDashboards({ site })].map(([file, text]) => ({
  file,
  dashboard: dashboardSchema.parse(JSON.parse(text)),
}));
const panels = boards.flatMap(({ file, dashboard }) =>
  panelsOf(dashboard).map((panel) => [`${file}: ${panel.title}`, panel, dashboard] as const),
);

test('the day has every measurement and device of the site', () => {
  const devices = new Set(points.map(({ tags }) => tags.device));
  expect([...site.devices.keys()].filter((id) => !devices.has(id))).toEqual([]);
  expect(points.length).toBeGreaterThan(200_000);
});

test.each(panels)('%s has figures', async (_, panel, dashboard) => {
  const questions = questionsOf(panel, dashboard, openingChoices(dashboard), day);
  const figures = await Promise.all(
    questions.map(async (question) => figuresOf(await askInflux(influx, question))),
  );
  // Causes that did not come about during the day have no figure; all others do.
  const silent = questions.filter(
    (question, index) => figures[index]?.length === 0 && !/wifi_15m/.test(question),
  );
  expect(silent).toEqual([]);
  expect(figures.flat()).not.toEqual([]);
});

test.each(boards)(
  '$file: every variable offers choices, and one zone with two of its devices can be seen',
  async ({ dashboard }) => {
    const choices = new Map(openingChoices(dashboard));
    for (const { name, type, query } of dashboard.templating.list) {
      if (type !== 'query' || typeof query !== 'string') continue;
      const found = await askInflux(influx, interpolate(query, dashboard, choices));
      const values = found.flatMap((series) => series.values.map(([, value]) => String(value)));
      expect(values, name).not.toEqual([]);
      choices.set(name, name === 'zone' ? ['pergola'] : values.slice(0, 2));
    }
    for (const panel of panelsOf(dashboard)) {
      for (const question of questionsOf(panel, dashboard, choices, day)) {
        expect(figuresOf(await askInflux(influx, question)), question).toBeInstanceOf(Array);
      }
    }
  },
);

/** The figures of a panel of an English board as it opens, query by query. */
const show = async (slug: string, title: string): Promise<number[][]> => {
  const board = boards.find(({ file }) => file === `en/${slug}.json`);
  const panel = board && panelsOf(board.dashboard).find((entry) => entry.title === title);
  if (board === undefined || panel === undefined) throw new Error(`no panel "${title}" on ${slug}`);
  const questions = questionsOf(panel, board.dashboard, openingChoices(board.dashboard), day);
  return await Promise.all(questions.map(async (question) => figuresOf(await askInflux(influx, question))));
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Each device's last value of a field before an instant, of points that `where` takes. */
const lastBefore = (time: number, field: string, where: (point: Point) => boolean): number[] => {
  const last = new Map<string | undefined, number>();
  for (const point of points) {
    const { [field]: value } = point.fields;
    if (value !== undefined && point.time < time && where(point)) last.set(point.tags.device, value);
  }
  return [...last.values()];
};

/** What counters grew by during the day. */
const grownBy = (field: string, where: (point: Point) => boolean): number =>
  sum(lastBefore(day.to, field, where)) - sum(lastBefore(day.from, field, where));

const isSeat = ({ tags }: Point): boolean => tags.kind === 'seat';
const isCounter = ({ tags }: Point): boolean => tags.kind === 'counter';
const isSupply = ({ tags }: Point): boolean => tags.device === 'M1' && tags.phase === 'total';

test('seats taken now are those whose last word says so', async () => {
  const last = lastBefore(day.to, 'occupied', isSeat);
  expect(last).toHaveLength(48);
  const [[taken = Number.NaN] = []] = await show('place-use', 'Seats taken now');
  expect(taken).toBeCloseTo((100 * sum(last)) / 48, 6);
  expect(await show('place-use', 'Free seats now')).toEqual([[48 - sum(last)]]);
  expect(await show('place-use', 'Sensors reporting')).toEqual([[48]]);
});

test('entries and their hourly bars add up to what the counters counted, and to nothing from before', async () => {
  const entries = grownBy('in_total', isCounter);
  expect(entries).toBeGreaterThan(100);
  expect(await show('place-use', 'Entries')).toEqual([[entries]]);
  const [into = [], out = []] = await show('place-use', 'Entries and exits');
  expect(into).toHaveLength(24);
  expect([sum(into), sum(out)]).toEqual([entries, grownBy('out_total', isCounter)]);
});

test('energy is what the supply meter counted, and its cost lies between the prices of the tariff', async () => {
  const energy = grownBy('energy_import_wh', isSupply);
  expect(energy).toBeGreaterThan(1_000);
  const [[figure = Number.NaN] = []] = await show('energy', 'Energy from the grid');
  expect(figure).toBeCloseTo(energy, 3);
  const [[low = Number.NaN] = [], [high = Number.NaN] = []] = await show('energy', 'Cost of energy');
  expect(low).toBeCloseTo((energy / 1_000) * 0.219, 6);
  expect(high).toBeCloseTo((energy / 1_000) * 0.268, 6);
});

test('the peak is the highest quarter of an hour', async () => {
  const quarters = new Map<number, number[]>();
  for (const { time, tags, fields } of points) {
    const { active_power_w: power } = fields;
    if (tags.device !== 'M1' || tags.phase !== 'total' || power === undefined || time < day.from) continue;
    const quarter = Math.floor(time / 900_000);
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), power]);
  }
  const means = [...quarters.values()].map((values) => sum(values) / values.length);
  expect(means).toHaveLength(96);
  const [[peak = Number.NaN] = []] = await show('energy', '15-minute peak');
  expect(peak).toBeCloseTo(Math.max(...means), 6);
});
