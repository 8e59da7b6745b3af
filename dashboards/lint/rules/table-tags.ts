import { parseSelect } from '../influxql/parse.ts';
import { panelRule } from '../rule.ts';

/**
 * Grafana 10 and later put the tags of a table into columns in no fixed order, row by row: with two tags the values
 * of one land under the other.
 */
export const tableTags = panelRule('table-tags', ({ targets }) =>
  targets.flatMap(({ refId, query, resultFormat }) => {
    const by = resultFormat === 'table' ? (parseSelect(query)?.by ?? []) : [];
    return by.length > 1 ? [`query ${refId} makes a table by ${by.join(' and ')}; group by one tag`] : [];
  }),
);
