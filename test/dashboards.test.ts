import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDashboards } from '../dashboards/build.ts';
import { dashboardSchema, panelsOf } from '../dashboards/lint/dashboard.ts';
import { interpolate, marksOf, openingChoices, questionsOf } from '../dashboards/preview/question.ts';
import type { Point } from '../model/point.ts';
import { type Influx, startInflux } from './services/influx.ts';
import { type AnswerSeries, askInflux, figuresOf } from './support/grafana.ts';
import { fillStreet, startedMs } from './support/street-in-influx.ts';
import { viaRossini as site } from './support/via-rossini.ts';

/** An event day, seen at six in the evening; the hour before it must not come into any figure. */
const to = Date.parse('2026-06-23T18:00:00+02:00');
const dayMs = 24 * 3_600_000;
const day = { from: to - dayMs, to };
/** What the boards are asked for: that day, or with BOARDS_DAYS=30 a month (`npm run boards`). */
const range = { from: to - Number(process.env.BOARDS_DAYS ?? '1') * dayMs, to };
const hourMs = 3_600_000;
const before = range.from - hourMs;

let influx: Influx;
let points: readonly Point[] = [];
beforeAll(async () => {
  influx = await startInflux();
  ({ kept: points } = await fillStreet(influx, site, { from: before, to }, day.from - hourMs));
});
afterAll(async () => {
  await influx.dropDatabase(`${influx.database}_rollup`);
  await influx.stop();
});

/** Boards of both languages ask nearly the same: each question is asked once. */
const asked = new Map<string, Promise<AnswerSeries[]>>();
const ask = (question: string): Promise<AnswerSeries[]> => {
  const answer = asked.get(question) ?? askInflux(influx, question);
  asked.set(question, answer);
  return answer;
};

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
  expect(points.length).toBeGreaterThan(100_000);
});

test.each(panels)('%s has figures', async (_, panel, dashboard) => {
  const questions = questionsOf(panel, dashboard, openingChoices(dashboard), range);
  const figures = await Promise.all(questions.map(async (question) => figuresOf(await ask(question))));
  // The map of a week has columns for days that the range does not hold.
  const wanted = questions.filter(
    (question) => !/FROM "usage_1h"/.test(question) || range.from < to - 7 * dayMs,
  );
  expect(wanted.filter((question) => figures[questions.indexOf(question)]?.length === 0)).toEqual([]);
  expect(figures.flat()).not.toEqual([]);
});

test.each(boards)('$file: its marks can be asked for, with their text', async ({ dashboard }) => {
  const found = await Promise.all(
    marksOf(dashboard, openingChoices(dashboard), range).map((question) => ask(question)),
  );
  expect(found.length).toBeGreaterThan(0);
  const [first] = found;
  expect(first?.flatMap(({ columns, values }) => [columns, ...values])).toEqual([
    ['time', 'uptime', 'version'],
    [to - startedMs, 60, '0.1.0'],
  ]);
});

test.each(boards)(
  '$file: every variable offers choices, and one zone with two of its devices can be seen',
  async ({ dashboard }) => {
    const choices = new Map(openingChoices(dashboard));
    for (const { name, type, query } of dashboard.templating.list) {
      if (type !== 'query' || typeof query !== 'string') continue;
      const found = await ask(interpolate(query, dashboard, choices));
      const values = found.flatMap((series) => series.values.map(([, value]) => String(value)));
      expect(values, name).not.toEqual([]);
      choices.set(name, name === 'zone' ? ['pergola'] : values.slice(0, 2));
    }
    for (const panel of panelsOf(dashboard)) {
      for (const question of questionsOf(panel, dashboard, choices, range)) {
        expect(figuresOf(await ask(question)), question).toBeInstanceOf(Array);
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
  return await Promise.all(questions.map(async (question) => figuresOf(await ask(question))));
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
