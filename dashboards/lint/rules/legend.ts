import { panelRule } from '../rule.ts';

/** Lines without names and figures cannot be read out in a meeting. */
export const legend = panelRule('legend', ({ type, options }) => {
  if (type !== 'timeseries') return [];
  const { showLegend, calcs = [] } = options?.legend ?? {};
  return showLegend === true && calcs.length > 0 ? [] : ['shows no legend with calculations'];
});
