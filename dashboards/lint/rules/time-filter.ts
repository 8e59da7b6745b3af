import { type ParsedSelect, parseSelect } from '../influxql/parse.ts';
import { panelRule } from '../rule.ts';

/** A query without a time filter reads the whole store; filled windows without one begin in 1970. */
export const timeFilter = panelRule('time-filter', ({ targets }) =>
  targets.flatMap(({ refId, query }) => {
    const select = parseSelect(query);
    const unbound = select === undefined ? !query.includes('$timeFilter') : isUnbound(select);
    return unbound ? [`query ${refId} has no $timeFilter`] : [];
  }),
);

export const isUnbound = (select: ParsedSelect): boolean => {
  const reads = typeof select.from === 'string';
  if ((reads || select.filled) && !select.hasTimeFilter) return true;
  return typeof select.from !== 'string' && isUnbound(select.from);
};
