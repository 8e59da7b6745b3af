import { api } from '../api/client.ts';
import type { KpiAnswer } from '../api/types.ts';
import { type Chart, chart } from '../charts/chart.ts';
import { figureCell, figureText, share, timeline } from '../charts/kpi.ts';
import { card } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import { figureTiles } from '../dom/tiles.ts';
import { devicesOf } from '../plan/figures.ts';
import type { Context, RenderPage } from '../shell/context.ts';
import type { Rendered } from '../shell/part.ts';
import { type Period, windowLabel } from '../shell/period.ts';
import { number } from '../text/format.ts';
import { language, t } from '../text/text.ts';
import { periodPage } from './period-page.ts';
import { savingsTables } from './savings.ts';

const totals = [
  'energy',
  'energy_by_band',
  'energy_cost',
  'peak_power',
  'base_load',
  'load_factor',
  'energy_per_occupied_hour',
  'power_factor',
  'phase_imbalance',
  'savings',
] as const;
type Total = (typeof totals)[number];

interface Loaded {
  readonly total: Readonly<Record<Total, KpiAnswer>>;
  readonly over: KpiAnswer;
  readonly byMeter: KpiAnswer;
}

const bands = ['f1', 'f2', 'f3'] as const;
const items = [...bands, 'export', 'fixed', 'total'] as const;

export const renderEnergy: RenderPage = (context) =>
  periodPage<Loaded>(context, t.energy.title, t.energy.lead, {
    load: (period) => load(context, period),
    render: (loaded, period) => render(context, loaded, period),
  });

const load = async ({ site: { id } }: Context, { from, every }: Period): Promise<Loaded> => {
  const [all, over, byMeter] = await Promise.all([
    Promise.all(totals.map(async (kpi) => [kpi, await api.kpi(id, kpi, { from })] as const)),
    api.kpi(id, 'energy', { from, every }),
    api.kpi(id, 'energy', { from, by: 'device' }),
  ]);
  return { total: Object.fromEntries(all) as Record<Total, KpiAnswer>, over, byMeter };
};

const render = (context: Context, loaded: Loaded, period: Period): Rendered => {
  const energy = energyChart(context, loaded, period);
  return {
    nodes: [
      figureTiles(tilesOf(loaded)),
      card(t.energy.over, energy.element),
      h(
        'div',
        { class: 'ap-cards' },
        card(t.energy.byMeter, meterTable(context, loaded)),
        card(t.energy.bands, bandTable(loaded)),
        card(t.energy.costs, costTable(loaded)),
        card(t.energy.savings, savingsTables(context.site, loaded.total.savings)),
      ),
    ],
    close: () => energy.close(),
  };
};

const tilesOf = ({ total }: Loaded) => {
  const kilowatts = (value: number): string => `${number(value, 2)} kW`;
  return [
    { label: t.energy.imported, ...figureText(total.energy, { statistic: 'import' }) },
    { label: t.energy.exported, ...figureText(total.energy, { statistic: 'export' }) },
    { label: t.energy.cost, ...figureText(total.energy_cost, { item: 'total' }) },
    { label: t.energy.peak, ...figureText(total.peak_power, {}, kilowatts) },
    { label: t.energy.base, ...figureText(total.base_load, {}, kilowatts) },
    { label: t.energy.loadFactor, ...figureText(total.load_factor, {}, share) },
    { label: t.energy.perHour, ...figureText(total.energy_per_occupied_hour) },
    { label: t.energy.powerFactor, ...figureText(total.power_factor, { statistic: 'mean' }) },
    { label: t.energy.imbalance, ...figureText(total.phase_imbalance) },
  ];
};

const energyChart = (context: Context, { over }: Loaded, period: Period): Chart => {
  const taken = timeline(over, { statistic: 'import' });
  const given = timeline(over, { statistic: 'export' });
  return chart({
    title: t.energy.over,
    unit: 'kWh',
    file: `energy-${period.name}`,
    times: taken.times,
    series: [
      { label: t.energy.imported, colour: 'blue', values: taken.values },
      {
        label: t.energy.exported,
        colour: 'amber',
        values: given.values.map((value) => (value === undefined ? undefined : -value)),
      },
    ],
    kind: 'bars',
    timeZone: context.site.timezone,
    format: (value) => number(value, 2, 0),
    formatTime: windowLabel(context, period),
  });
};

const meterTable = ({ site }: Context, { byMeter }: Loaded): HTMLElement =>
  table({
    caption: t.energy.byMeter,
    hidesCaption: true,
    columns: [
      { label: t.now.circuit },
      { label: t.energy.imported, isNumber: true },
      { label: t.energy.exported, isNumber: true },
    ],
    rows: devicesOf(site, 'meter').map(({ id, name }) => [
      name?.[language] ?? id,
      figureCell(byMeter, { device: id, statistic: 'import' }),
      figureCell(byMeter, { device: id, statistic: 'export' }),
    ]),
  });

const bandTable = ({ total }: Loaded): HTMLElement =>
  table({
    caption: t.energy.bands,
    hidesCaption: true,
    columns: [{ label: t.energy.band }, { label: t.energy.imported, isNumber: true }],
    rows: bands.map((band) => [
      t.energy.items[band] ?? band,
      figureCell(total.energy_by_band, { tariff_band: band }),
    ]),
  });

const costTable = ({ total }: Loaded): HTMLElement =>
  table({
    caption: t.energy.costs,
    hidesCaption: true,
    columns: [{ label: t.energy.item }, { label: t.energy.cost, isNumber: true }],
    rows: items.map((item) => [t.energy.items[item] ?? item, figureCell(total.energy_cost, { item })]),
  });
