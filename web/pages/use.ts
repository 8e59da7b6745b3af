import { api } from '../api/client.ts';
import type { KpiAnswer } from '../api/types.ts';
import { chart } from '../charts/chart.ts';
import { heatTable } from '../charts/heat.ts';
import { figureCell, figureText, share, timeline } from '../charts/kpi.ts';
import { shareBar } from '../charts/share-bar.ts';
import { card } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import { figureTiles } from '../dom/tiles.ts';
import type { Context, RenderPage } from '../shell/context.ts';
import type { Rendered } from '../shell/part.ts';
import { type Period, windowLabel } from '../shell/period.ts';
import { number } from '../text/format.ts';
import { language, t } from '../text/text.ts';
import { periodPage } from './period-page.ts';

const totals = [
  'time_occupancy',
  'people_present',
  'sessions',
  'dwell',
  'turnover',
  'minimum_surplus',
  'busiest',
  'time_in_target',
] as const;
type Total = (typeof totals)[number];

interface Loaded {
  readonly total: Readonly<Record<Total, KpiAnswer>>;
  readonly occupancy: KpiAnswer;
  readonly people: KpiAnswer;
  readonly byZone: Readonly<Record<'time_occupancy' | 'sessions' | 'dwell', KpiAnswer>>;
  readonly week: KpiAnswer;
}

const seats = { source: 'seats' } as const;
const weeksBack = 4;

export const renderUse: RenderPage = (context) =>
  periodPage<Loaded>(context, t.use.title, t.use.lead, {
    load: (period) => load(context, period),
    render: (loaded, period) => render(context, loaded, period),
  });

const load = async ({ site: { id }, live, time }: Context, { from, every }: Period): Promise<Loaded> => {
  const ask = (kpi: string, more: { by?: string; every?: string; from?: number } = {}) =>
    api.kpi(id, kpi, { from, ...more });
  const [all, occupancy, people, zoneOccupancy, zoneSessions, zoneDwell, week] = await Promise.all([
    Promise.all(totals.map(async (kpi) => [kpi, await ask(kpi)] as const)),
    ask('time_occupancy', { every }),
    ask('people_present', { every }),
    ask('time_occupancy', { by: 'zone' }),
    ask('sessions', { by: 'zone' }),
    ask('dwell', { by: 'zone' }),
    ask('busiest', { from: time.midnight(live.now, weeksBack * 7) }),
  ]);
  const total = Object.fromEntries(all) as Record<Total, KpiAnswer>;
  const byZone = { time_occupancy: zoneOccupancy, sessions: zoneSessions, dwell: zoneDwell };
  return { total, occupancy, people, byZone, week };
};

const render = (context: Context, loaded: Loaded, period: Period): Rendered => {
  const occupancy = occupancyChart(context, loaded, period);
  const people = peopleChart(context, loaded, period);
  return {
    nodes: [
      figureTiles(tilesOf(loaded)),
      h(
        'div',
        { class: 'ap-cards' },
        card(t.use.overTime, occupancy.element),
        card(t.people, people.element),
        card(t.use.byZone, zoneTable(context, loaded)),
        card(t.use.target, targetBar(loaded)),
      ),
      card(t.use.heat, h('p', { class: 'ap-help' }, t.use.heatHelp), heatTable(loaded.week)),
    ],
    close: () => {
      occupancy.close();
      people.close();
    },
  };
};

const tilesOf = ({ total }: Loaded) => {
  const count = (value: number): string => number(value, 1, 0);
  return [
    { label: t.use.occupancy, ...figureText(total.time_occupancy, {}, share) },
    { label: t.use.peak, ...figureText(total.people_present, { ...seats, statistic: 'peak' }, count) },
    { label: t.use.mean, ...figureText(total.people_present, { ...seats, statistic: 'mean' }, count) },
    { label: t.use.sessions, ...figureText(total.sessions, {}, (value) => number(value)) },
    { label: t.use.dwell, ...figureText(total.dwell, { statistic: 'median' }) },
    { label: t.use.turnover, ...figureText(total.turnover) },
    { label: t.use.surplus, ...figureText(total.minimum_surplus) },
    {
      label: t.use.busiestHour,
      ...figureText(total.busiest, { statistic: 'busiest_hour' }, (hour) => `${number(hour)}:00`),
    },
    {
      label: t.use.busiestDay,
      ...figureText(total.busiest, { statistic: 'busiest_weekday' }, (day) => t.weekdays[day - 1] ?? ''),
    },
  ];
};

const occupancyChart = (context: Context, { occupancy }: Loaded, period: Period) => {
  const { times, values } = timeline(occupancy);
  return chart({
    title: t.use.overTime,
    unit: t.about.shares,
    file: `time_occupancy-${period.name}`,
    times,
    series: [{ label: t.use.occupancy, colour: 'blue', values }],
    kind: 'bars',
    timeZone: context.site.timezone,
    max: 1,
    format: share,
    formatTime: windowLabel(context, period),
  });
};

const peopleChart = (context: Context, { people }: Loaded, period: Period) => {
  const mean = timeline(people, { ...seats, statistic: 'mean' });
  const peak = timeline(people, { ...seats, statistic: 'peak' });
  return chart({
    title: t.people,
    unit: t.units.persons ?? '',
    file: `people_present-${period.name}`,
    times: mean.times,
    series: [
      { label: t.use.peak, colour: 'violet', values: peak.values },
      { label: t.use.mean, colour: 'blue', values: mean.values },
    ],
    kind: 'line',
    timeZone: context.site.timezone,
    format: (value) => number(value, 1, 0),
    formatTime: windowLabel(context, period),
  });
};

const zoneTable = ({ site }: Context, { byZone }: Loaded): HTMLElement =>
  table({
    caption: t.use.byZone,
    hidesCaption: true,
    columns: [
      { label: t.zone },
      { label: t.use.occupancy, isNumber: true },
      { label: t.use.sessions, isNumber: true },
      { label: t.use.dwell, isNumber: true },
    ],
    rows: site.zones.map(({ id, name }) => [
      name[language],
      figureCell(byZone.time_occupancy, { zone: id }, share),
      figureCell(byZone.sessions, { zone: id }, (value) => number(value)),
      figureCell(byZone.dwell, { zone: id, statistic: 'median' }),
    ]),
  });

const targetBar = ({ total }: Loaded): HTMLElement => {
  const states = [
    ['under', 'blue'],
    ['in', 'green'],
    ['crowded', 'amber'],
    ['over', 'red'],
  ] as const;
  return shareBar(
    t.use.target,
    states.map(([state, colour]) => ({
      label: t.use.targetStates[state],
      colour,
      ...figureText(total.time_in_target, { ...seats, state }, share),
      share: total.time_in_target.rows.find((row) => row.source === 'seats' && row.state === state)?.value,
    })),
  );
};
