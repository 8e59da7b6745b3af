import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { BarGaugeDisplayMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { byThresholds, dress } from './dress.ts';
import type { BarGaugePanel, PanelContext } from './panel.ts';
import { lastValue } from './stat.ts';

export const barGauge = (panel: BarGaugePanel, gridPos: GridPos, context: PanelContext) =>
  dress(new PanelBuilder(), panel, gridPos, context)
    .reduceOptions(lastValue())
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .colorScheme(byThresholds());
