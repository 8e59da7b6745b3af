import {
  HeatmapCalculationBucketConfigBuilder,
  HeatmapCalculationMode,
  HeatmapCalculationOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  PanelBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { dress } from './dress.ts';
import type { HeatmapPanel, PanelContext } from './panel.ts';
import { grafanaUnits } from './unit.ts';

export const heatmap = (panel: HeatmapPanel, gridPos: GridPos, context: PanelContext) => {
  const [unit = '1'] = Object.values(panel.targets[0].query.units);
  return dress(new PanelBuilder(), panel, gridPos, context)
    .calculate(true)
    .calculation(
      new HeatmapCalculationOptionsBuilder().yBuckets(
        new HeatmapCalculationBucketConfigBuilder()
          .mode(HeatmapCalculationMode.Size)
          .value(String(panel.bucket)),
      ),
    )
    .color(
      new HeatmapColorOptionsBuilder()
        .mode(HeatmapColorMode.Scheme)
        .scheme('Oranges')
        .steps(32)
        .exponent(0.5)
        .fill('dark-orange'),
    )
    .yAxis(new YAxisConfigBuilder().unit(grafanaUnits[unit][context.language]).min(panel.min ?? 0))
    .showLegend();
};
