import { parseSelect } from '../influxql/parse.ts';
import { boardRule } from '../rule.ts';
import { variableOf } from './datasource.ts';
import { unknownNames } from './known-fields.ts';
import { isUnbound } from './time-filter.ts';

/** Marks are queries, too: known names, bound to the range, in the data source of their measurement. */
export const annotations = boardRule('annotations', ({ dashboard }) =>
  (dashboard.annotations?.list ?? []).flatMap(({ name, target, datasource }) => {
    const query = target?.query;
    if (query === undefined) return [`"${name}" has no query`];
    const select = parseSelect(query);
    const wanted = variableOf({ query });
    const known = dashboard.templating.list.some(({ name: variable }) => wanted === `\${${variable}}`);
    return [
      ...unknownNames('', query).map((message) => `"${name}": ${message.trim()}`),
      ...(select !== undefined && isUnbound(select) ? [`"${name}" has no $timeFilter`] : []),
      ...(datasource?.uid === wanted ? [] : [`"${name}" asks the wrong data source; use ${wanted}`]),
      ...(known ? [] : [`"${name}" needs the variable "${wanted.slice(2, -1)}"; add it`]),
    ];
  }),
);
