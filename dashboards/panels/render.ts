import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel as GrafanaPanel, GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { barGauge } from './bar-gauge.ts';
import { heatmap } from './heatmap.ts';
import type { Panel, PanelContext } from './panel.ts';
import { stat } from './stat.ts';
import { states } from './states.ts';
import { table } from './table.ts';
import { timeseries } from './timeseries.ts';

/** A panel in Grafana's words, at its place on the grid. */
export const render = (panel: Panel, gridPos: GridPos, context: PanelContext): Builder<GrafanaPanel> => {
  switch (panel.kind) {
    case 'stat':
      return stat(panel, gridPos, context);
    case 'timeseries':
      return timeseries(panel, gridPos, context);
    case 'bargauge':
      return barGauge(panel, gridPos, context);
    case 'state-timeline':
      return states(panel, gridPos, context);
    case 'heatmap':
      return heatmap(panel, gridPos, context);
    case 'table':
      return table(panel, gridPos, context);
  }
};
