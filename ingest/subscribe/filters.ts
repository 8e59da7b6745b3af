import type { Site } from '../../model/site.ts';
import { topicFilter, topicPrefix } from '../../model/topic.ts';
import type { Definition } from '../decode/definition.ts';
import { overlaps, parseFilter, requireApart, withoutCovered } from './topic-filter.ts';

export interface Wanted {
  readonly sites: readonly Site[];
  readonly definitions: readonly Definition[];
  /** Filters that somebody named; they take the place of those that the sites ask for. */
  readonly named?: readonly string[];
}

/** Whether it receives Aperto's own format and nothing else. */
export const isNative = (filter: string): boolean => filter.startsWith(`${topicPrefix}/`);

/**
 * What to subscribe to: the native topics of each site and, where a site file names a device by its `source`, what the
 * definitions of vendors know. No two of them have a topic in common.
 * @throws ApertoError `usage` for a named filter that is none, or two that share topics
 */
export const filtersOf = ({ sites, definitions, named }: Wanted): readonly string[] => {
  if (named !== undefined) {
    const filters = withoutCovered(named.map(parseFilter));
    requireApart(filters);
    return filters;
  }
  const sources = sites.flatMap((site) =>
    [...site.devices.values()].flatMap((device) => device.sources ?? []),
  );
  const vendors =
    sources.length === 0 ? [] : [...definitions.flatMap(byPattern), ...sources.flatMap(bySource)];
  const own = (filter: string): boolean => overlaps(filter, `${topicPrefix}/#`);
  return withoutCovered([
    ...sites.map(({ id }) => topicFilter(id)),
    ...vendors.filter((filter) => !own(filter)),
  ]);
};

/** Definitions that know a message by its topic to refuse it: it speaks of people, so it is not asked for. */
export const aboutPeople: ReadonlySet<string> = new Set(['meraki/mr', 'openwrt/owrtwifi', 'unifi/presence']);

/**
 * All below the levels that a pattern spells out (`shellies/{device}/info` is below `shellies`), so that two of these
 * filters are nested or apart. A pattern that begins with a capture has none: there the device's name is asked for.
 */
const byPattern = ({ name, topics }: Definition): readonly string[] =>
  aboutPeople.has(name)
    ? []
    : topics.filter((pattern) => !pattern.startsWith('hooks/')).flatMap((pattern) => below(pattern));

const below = (pattern: string): readonly string[] => {
  const levels = pattern.split('/');
  const captured = levels.findIndex((level) => level.includes('{'));
  if (captured < 0) return [pattern];
  const literal = levels.slice(0, captured);
  return literal.some((level) => level !== '') ? [`${literal.join('/')}/#`] : [];
};

/** Where a device of that name speaks: below its name, with Tasmota's prefixes too. A part of a device speaks beside it. */
const bySource = (source: string): readonly string[] => {
  if (/^\$|[#+\0]/.test(source)) return [];
  const device = source.includes('/') ? source.slice(0, source.lastIndexOf('/')) : source;
  return [`${device}/#`, `tele/${device}/#`, `stat/${device}/#`];
};
