import { type ParsedSelect, parseSelect } from '../influxql/parse.ts';
import { panelRule } from '../rule.ts';

const places = ['site', 'zone', 'device'];

/** A board works for every site: places and devices are chosen in variables, never written into a query. */
export const noFixedPlace = panelRule('no-fixed-place', ({ targets }) =>
  targets.flatMap(({ refId, query }) => {
    const select = parseSelect(query);
    return select === undefined ? [] : fixedIn(select).map((message) => `query ${refId} ${message}`);
  }),
);

const fixedIn = (select: ParsedSelect): string[] => [
  ...(typeof select.from === 'string' ? bySite(select) : fixedIn(select.from)),
  ...select.where
    .filter(({ tag, value }) => places.includes(tag) && !/^\^\$\{\w+:regex\}\$$/.test(value.text))
    .map(({ tag, value }) => `names the ${tag} "${value.text}"; compare with /^\${variable:regex}$/`),
];

const bySite = ({ where }: ParsedSelect): string[] =>
  where.some(({ tag }) => tag === 'site') ? [] : ['mixes all sites; narrow it by the variable "site"'];
