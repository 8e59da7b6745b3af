import { quoteIdentifier, quoteString } from './quote.ts';
import type { Filter, Select } from './select.ts';
import type { VariableName } from './variable.ts';

/** What stands in a query for the choices of whoever asks it. */
export interface Words {
  readonly timeFilter: string;
  readonly interval: string;
  /** Condition on a tag by a variable. */
  readonly chosen: (tag: string, variable: VariableName) => string;
}

/** Grafana replaces these before it asks: the range of the dashboard, a window that fits the panel, the choices. */
const ofBoards: Words = {
  timeFilter: '$timeFilter',
  interval: '$__interval',
  chosen: (tag, variable) => `${quoteIdentifier(tag)} =~ /^\${${variable}:regex}$/`,
};

/**
 * The text of a query, as Grafana takes it: InfluxQL that InfluxDB 1.8+, 2.x and 3 Core speak.
 * Windows lie on local time, so that a day is a day of the site; a subquery that makes windows needs the time zone
 * as much as the query around it.
 * @param timeZone IANA name, from the site file
 */
export const toInfluxQL = (select: Select, timeZone: string, words: Words = ofBoards): string =>
  `${render(select, timeZone, words)} tz(${quoteString(timeZone)})`;

const render = (select: Select, timeZone: string, words: Words): string => {
  const columns = [
    ...select.columns.map(([name, { text }]) => `${text} AS ${quoteIdentifier(name)}`),
    ...select.told.map(quoteIdentifier),
  ];
  return [
    `SELECT ${columns.join(', ')}`,
    `FROM ${source(select.from, timeZone, words)}`,
    ...filtering(select, words),
    ...grouping(select, words),
  ].join(' ');
};

/**
 * Whatever reads a measurement is bound to the range, and so are windows that are filled, for they would begin in
 * 1970. A query over the windows of another is not bound again: the first of them begins before the range, and
 * InfluxDB 1.x would leave it out, or answer nothing at all where one figure is asked for.
 */
const filtering = (select: Select, words: Words): string[] => {
  const filled = select.every !== undefined && select.fill !== 'none';
  const bound = typeof select.from === 'string' || filled;
  const bounds = select.bounds.map(
    ([name, operator, value]) => `${quoteIdentifier(name)} ${operator} ${value}`,
  );
  const all = [...conditions(select.where, words), ...bounds, ...(bound ? [words.timeFilter] : [])];
  return all.length === 0 ? [] : [`WHERE ${all.join(' AND ')}`];
};

const source = (from: Select['from'], timeZone: string, words: Words): string => {
  if (typeof from === 'string') return quoteIdentifier(from);
  return `(${from.every === undefined ? render(from, timeZone, words) : toInfluxQL(from, timeZone, words)})`;
};

const grouping = ({ every, by, fill }: Select, { interval }: Words): string[] => {
  const tags = by.map(quoteIdentifier);
  if (every === undefined) return tags.length === 0 ? [] : [`GROUP BY ${tags.join(', ')}`];
  const window = `time(${every === 'interval' ? interval : every})`;
  return [`GROUP BY ${[window, ...tags].join(', ')}`, `fill(${fill})`];
};

/** One InfluxQL condition a tag. */
export const conditions = (where: Select['where'], words: Words = ofBoards): string[] =>
  Object.entries(where).map(([tag, filter]) => condition(tag, filter, words));

const condition = (tag: string, filter: Filter, words: Words): string => {
  const name = quoteIdentifier(tag);
  if (typeof filter === 'string') return `${name} = ${quoteString(filter)}`;
  if ('not' in filter) return `${name} != ${quoteString(filter.not)}`;
  return words.chosen(tag, filter.variable);
};
