import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  type DashboardLink,
  type DynamicConfigValue,
  type FieldColor,
  FieldColorBuilder,
  FieldColorModeId,
  type GridPos,
  type MatcherConfig,
  type Threshold,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { influxDataquery, sourceOf } from '../queries/dataquery.ts';
import { asBuilder, linkOfSeries } from './detail.ts';
import { idOf } from './id.ts';
import { namesOfSeries, valueMappings } from './names.ts';
import type { Panel, PanelContext } from './panel.ts';
import type { Thresholds } from './threshold.ts';
import { grafanaUnits } from './unit.ts';

/** What the SDK's panel builders have in common. */
export interface PanelBuilder {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  gridPos(gridPos: GridPos): this;
  datasource(source: ReturnType<typeof sourceOf>): this;
  interval(interval: string): this;
  timeFrom(timeFrom: string): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  min(min: number): this;
  max(max: number): this;
  noValue(noValue: string): this;
  thresholds(thresholds: Builder<ThresholdsConfig>): this;
  colorScheme(color: Builder<FieldColor>): this;
  mappings(mappings: ValueMapping[]): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  withTarget(target: Builder<Dataquery>): this;
  withOverride(override: { matcher: MatcherConfig; properties: DynamicConfigValue[] }): this;
}

/** Puts on a builder what every panel has: id, texts, place, source, window, unit, thresholds, queries, names. */
export const dress = <B extends PanelBuilder>(
  builder: B,
  panel: Panel,
  gridPos: GridPos,
  context: PanelContext,
): B => {
  const { language, site } = context;
  builder
    .id(idOf(panel.key))
    .title(panel.title[language])
    .description(panel.description[language])
    .gridPos(gridPos)
    .datasource(sourceOf(panel.targets[0].query.select))
    .interval(panel.minInterval)
    .noValue(panel.noValue[language])
    .thresholds(thresholdsOf(panel.thresholds));
  if (panel.recent !== undefined) builder.timeFrom(panel.recent);
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.valueNames !== undefined) builder.mappings(valueMappings(panel.valueNames, language));
  if (panel.detail !== undefined && panel.kind !== 'table') {
    builder.dataLinks([asBuilder(linkOfSeries(panel.detail, language))]);
  }
  addTargets(builder, panel, context);
  for (const override of namesOfSeries(panel, site, language)) builder.withOverride(override);
  return builder;
};

/** The unit of the first query is the panel's; queries in another unit carry their own. */
const addTargets = (builder: PanelBuilder, panel: Panel, { language, site }: PanelContext): void => {
  const units = panel.targets.map(({ query }) => Object.values(query.units)[0] ?? '1');
  const [main = '1'] = units;
  const timeZone = site.timezone;
  builder.unit(grafanaUnits[main][language]);
  if (panel.kind === 'table') {
    for (const [index, { query }] of panel.targets.entries()) {
      builder.withTarget(influxDataquery(query.select, { refId: letter(index), timeZone, format: 'table' }));
    }
    return;
  }
  for (const [index, { query, name }] of panel.targets.entries()) {
    const refId = letter(index);
    const options = { refId, timeZone, format: 'time_series', alias: name[language] } as const;
    builder.withTarget(influxDataquery(query.select, options));
    const unit = units[index] ?? main;
    if (unit === main) continue;
    builder.withOverride({
      matcher: { id: 'byFrameRefID', options: refId },
      properties: [{ id: 'unit', value: grafanaUnits[unit][language] }],
    });
  }
};

const letter = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** As values of an override or of a panel. JSON knows no minus infinity: Grafana writes the first step as null. */
export const stepsOf = (thresholds: Thresholds): Threshold[] =>
  thresholds.map(({ color, from }) => ({ color, value: from ?? null }));

const thresholdsOf = (thresholds: Thresholds): Builder<ThresholdsConfig> =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stepsOf(thresholds));

export const byThresholds = (): Builder<FieldColor> =>
  new FieldColorBuilder().mode(FieldColorModeId.Thresholds);

export const byPalette = (): Builder<FieldColor> =>
  new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic);
