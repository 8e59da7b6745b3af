import { api } from '../api/client.ts';
import type { KpiAnswer } from '../api/types.ts';
import { type Chart, chart } from '../charts/chart.ts';
import { figureCell, figureText, rowOf, rowsOf, share, timeline } from '../charts/kpi.ts';
import { card } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { type Cell, table } from '../dom/table.ts';
import { figureTiles } from '../dom/tiles.ts';
import { devicesOf } from '../plan/figures.ts';
import type { Context, RenderPage } from '../shell/context.ts';
import type { Rendered } from '../shell/part.ts';
import { type Period, windowLabel } from '../shell/period.ts';
import { number } from '../text/format.ts';
import { t } from '../text/text.ts';
import { periodPage } from './period-page.ts';

const levels = [
  'wifi_coverage',
  'wifi_capacity',
  'wifi_throughput',
  'wifi_time_to_connect',
  'wifi_successful_connects',
  'wifi_roaming',
  'wifi_ap_health',
] as const;
const charted = [
  ['wifi_coverage', 'blue'],
  ['wifi_capacity', 'violet'],
  ['wifi_throughput', 'green'],
] as const;
const byPoint = ['wifi_coverage', 'wifi_capacity', 'wifi_throughput', 'wifi_ap_health'] as const;

interface Loaded {
  readonly total: readonly KpiAnswer[];
  readonly over: readonly KpiAnswer[];
  readonly points: readonly KpiAnswer[];
  readonly latency: KpiAnswer;
  readonly latencyOver: KpiAnswer;
  readonly loss: KpiAnswer;
}

const good = { cause: 'good' } as const;

export const renderWifi: RenderPage = (context) =>
  periodPage<Loaded>(context, t.wifi.title, t.wifi.lead, {
    load: (period) => load(context, period),
    render: (loaded, period) => render(context, loaded, period),
  });

const load = async ({ site: { id } }: Context, { from, every }: Period): Promise<Loaded> => {
  const [total, over, points, latency, latencyOver, loss] = await Promise.all([
    Promise.all(levels.map((kpi) => api.kpi(id, kpi, { from }))),
    Promise.all(charted.map(([kpi]) => api.kpi(id, kpi, { from, every }))),
    Promise.all(byPoint.map((kpi) => api.kpi(id, kpi, { from, by: 'device' }))),
    api.kpi(id, 'probe_latency', { from }),
    api.kpi(id, 'probe_latency', { from, every }),
    api.kpi(id, 'probe_loss', { from }),
  ]);
  return { total, over, points, latency, latencyOver, loss };
};

const render = (context: Context, loaded: Loaded, period: Period): Rendered => {
  const charts: readonly Chart[] = [
    levelChart(context, loaded, period),
    latencyChart(context, loaded, period),
  ];
  const [overTime, latency] = charts;
  return {
    nodes: [
      figureTiles([
        { label: t.wifi.latency, ...figureText(loaded.latency, { statistic: 'mean' }) },
        { label: `${t.wifi.latency}, ${t.wifi.p95}`, ...figureText(loaded.latency, { statistic: 'p95' }) },
        { label: t.wifi.loss, ...figureText(loaded.loss, {}, (value) => `${number(value, 2, 0)} %`) },
      ]),
      card(t.wifi.levels, levelTable(loaded)),
      h(
        'div',
        { class: 'ap-cards' },
        card(t.wifi.over, overTime?.element),
        card(t.wifi.latency, latency?.element),
      ),
      card(t.wifi.byAp, pointTable(context, loaded)),
    ],
    close: () => {
      for (const each of charts) each.close();
    },
  };
};

/** The cause with the most bad minutes names the problem. */
const worstCause = (answer: KpiAnswer): string => {
  const bad = rowsOf(answer).filter(({ cause, value = 0 }) => cause !== 'good' && value > 0);
  const [worst] = bad.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0));
  if (worst === undefined) return rowOf(answer, good)?.value === undefined ? '–' : t.wifi.none;
  const cause = String(worst.cause);
  return t.wifi.causes[cause] ?? cause;
};

const levelBar = (answer: KpiAnswer): Cell => {
  const cell = figureCell(answer, good, share);
  const value = rowOf(answer, good)?.value;
  if (value === undefined) return cell;
  return h(
    'div',
    { class: 'ap-level' },
    cell,
    h('progress', { class: 'ap-meter-bar', max: 1, value, 'aria-label': share(value) }),
  );
};

const levelTable = ({ total }: Loaded): HTMLElement =>
  table({
    caption: t.wifi.levels,
    hidesCaption: true,
    columns: [{ label: t.wifi.level }, { label: t.wifi.good, isNumber: true }, { label: t.wifi.worst }],
    rows: total.map((answer) => [
      t.wifi.names[answer.kpi] ?? answer.kpi,
      levelBar(answer),
      worstCause(answer),
    ]),
  });

const levelChart = (context: Context, { over }: Loaded, period: Period): Chart =>
  chart({
    title: t.wifi.over,
    unit: t.about.shares,
    file: `wifi-${period.name}`,
    times: over[0] === undefined ? [] : timeline(over[0], good).times,
    series: charted.map(([kpi, colour], index) => {
      const answer = over[index];
      return {
        label: t.wifi.names[kpi] ?? kpi,
        colour,
        values: answer === undefined ? [] : timeline(answer, good).values,
      };
    }),
    kind: 'line',
    timeZone: context.site.timezone,
    max: 1,
    format: share,
    formatTime: windowLabel(context, period),
  });

const latencyChart = (context: Context, { latencyOver }: Loaded, period: Period): Chart => {
  const mean = timeline(latencyOver, { statistic: 'mean' });
  const p95 = timeline(latencyOver, { statistic: 'p95' });
  return chart({
    title: t.wifi.latency,
    unit: 'ms',
    file: `probe_latency-${period.name}`,
    times: mean.times,
    series: [
      { label: t.wifi.p95, colour: 'amber', values: p95.values },
      { label: t.wifi.mean, colour: 'blue', values: mean.values },
    ],
    kind: 'line',
    timeZone: context.site.timezone,
    format: (value) => number(value, 1, 0),
    formatTime: windowLabel(context, period),
  });
};

const pointTable = ({ site }: Context, { points }: Loaded): HTMLElement =>
  table({
    caption: t.wifi.byAp,
    hidesCaption: true,
    columns: [
      { label: t.wifi.ap },
      ...byPoint.map((kpi) => ({ label: t.wifi.names[kpi] ?? kpi, isNumber: true })),
    ],
    rows: devicesOf(site, 'access-point').map(({ id }) => [
      id,
      ...points.map((answer) => figureCell(answer, { device: id, ...good }, share)),
    ]),
  });
