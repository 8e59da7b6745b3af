import {
  LegendDisplayMode,
  LegendPlacement,
  TimelineValueAlignment,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { byThresholds, dress } from './dress.ts';
import type { PanelContext, StatesPanel } from './panel.ts';

/** Rows on one page: more than any zone has seats, fewer than fit no screen. */
const rowsMax = 60;

export const states = (panel: StatesPanel, gridPos: GridPos, context: PanelContext) =>
  dress(new PanelBuilder(), panel, gridPos, context)
    .showValue(VisibilityMode.Never)
    .mergeValues(true)
    .alignValue(TimelineValueAlignment.Left)
    .rowHeight(0.8)
    .perPage(rowsMax)
    .spanNulls(false)
    .colorScheme(byThresholds())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    );
