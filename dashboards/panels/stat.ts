import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { byThresholds, dress } from './dress.ts';
import type { PanelContext, StatPanel } from './panel.ts';

/** The SDK's default names no calculation, and Grafana then shows nothing. */
export const lastValue = () => new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false);

export const stat = (panel: StatPanel, gridPos: GridPos, context: PanelContext) =>
  dress(new PanelBuilder(), panel, gridPos, context)
    .reduceOptions(lastValue())
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(panel.targets.length > 1 ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
    .colorScheme(byThresholds());
