import { fieldOf, isStoredName, type StoredName, tagsOf } from '../../../model/measurements.ts';
import { type ParsedSelect, parseSelect } from '../influxql/parse.ts';
import { panelRule } from '../rule.ts';

/** A panel can only ask for what somebody writes: measurements, fields and tags of the model. */
export const knownFields = panelRule('known-fields', ({ targets }) =>
  targets.flatMap(({ refId, query }) => unknownNames(refId, query)),
);

/** What is wrong with one query, a line each. */
export const unknownNames = (refId: string, query: string): string[] => {
  const select = parseSelect(query);
  if (select === undefined) return [`query ${refId} is no SELECT that can be read: ${query}`];
  return unknownIn(select).map((message) => `query ${refId} ${message}`);
};

const unknownIn = (select: ParsedSelect): string[] => {
  const { from } = select;
  if (typeof from !== 'string') {
    return [
      ...unknownIn(from),
      ...missing(select.reads, from.columns, 'reads the column', 'its subquery'),
      ...missing([...select.by, ...tagsIn(select)], from.by, 'uses the tag', 'its subquery'),
    ];
  }
  if (!isStoredName(from)) return [`reads the measurement "${from}", which the model does not have`];
  const tags = tagsOf(from);
  return [
    ...missing(
      select.reads.filter((name) => fieldOf(from, name) === undefined),
      select.told,
      'reads the field',
      nameOfMeasurement(from),
    ),
    ...missing([...select.by, ...tagsIn(select)], tags, 'uses the tag', nameOfMeasurement(from)),
  ];
};

const nameOfMeasurement = (name: StoredName): string => `the model's measurement "${name}"`;

const tagsIn = (select: ParsedSelect): string[] => select.where.map(({ tag }) => tag);

const missing = (names: readonly string[], known: readonly string[], verb: string, where: string): string[] =>
  [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => `${verb} "${name}", which ${where} does not have`);
