import { panelRule } from '../rule.ts';

/** Panel types that come with every Grafana since 9. */
const types = ['stat', 'timeseries', 'table', 'barchart', 'bargauge', 'heatmap', 'state-timeline', 'text'];

/** No plugin is needed, and an older Grafana shows the same. */
export const panelType = panelRule('panel-type', ({ type }) =>
  types.includes(type) ? [] : [`is of the type "${type}"; use one of ${types.join(', ')}`],
);
